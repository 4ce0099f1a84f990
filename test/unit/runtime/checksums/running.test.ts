import { describe, expect, it } from "vitest";
import { runningChecksum } from "#runtime/checksums/running.js";
import * as fc from "../../../support/fast-check.js";

describe("checksums of bytes that come one after the other", () => {
  it.each(["CRC32", "CRC32C", "CRC64NVME", "SHA256"])("are those of all of them: %s", async (algorithm) => {
    const begin = await runningChecksum(algorithm);
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (given) => {
        const [one, whole] = [begin(), begin()];
        for (const part of given) one.update(part);
        whole.update(Buffer.concat(given));
        expect(Buffer.from(one.digest())).toEqual(Buffer.from(whole.digest()));
      }),
    );
  });
});
