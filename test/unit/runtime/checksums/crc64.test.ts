import { describe, expect, it } from "vitest";
import { crc64 } from "#runtime/checksums/crc64.js";

describe("CRC-64/NVME", () => {
  // The first is the check value of the catalogues, the others are test vectors of the NVM Express specification.
  it.each([
    ["the digits 1 to 9", Buffer.from("123456789"), "ae8b14860a799888"],
    ["a block of zeros", Buffer.alloc(4096), "6482d367eb22b64e"],
    ["a block of ones", Buffer.alloc(4096, 0xff), "c0ddba7302eca3ac"],
    ["a block that counts up", Buffer.from(Uint8Array.from({ length: 4096 }, (_, index) => index)), "3e729f5f6750449c"],
    ["nothing", Buffer.alloc(0), "0000000000000000"],
  ])("of %s is right", (_what, bytes, wanted) => {
    expect(Buffer.from(crc64(bytes)).toString("hex")).toBe(wanted);
  });
});
