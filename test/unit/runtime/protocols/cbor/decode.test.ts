import { encode } from "cborg";
import * as fc from "../../../../support/fast-check.js";
import { describe, expect, it, test } from "vitest";
import { decodeCbor } from "#runtime/protocols/cbor/decode.js";

const decodeHex = (hex: string): unknown => decodeCbor(Buffer.from(hex, "hex"));

describe("values", () => {
  test.each<[string, string, unknown]>([
    ["a half float", "f93e00", 1.5],
    ["a half float below the normal ones", "f90050", 0.00000476837158203125],
    ["infinity", "f97c00", Infinity],
    ["not a number", "f97e00", NaN],
    ["a single float", "fa40f40000", 7.625],
    ["a whole number within 2^53", "1b001fffffffffffff", Number.MAX_SAFE_INTEGER],
    ["one beyond", "1b0020000000000000", 2n ** 53n],
    ["the least of 64 bits", "3bffffffffffffffff", -(2n ** 64n)],
    ["undefined, which is null", "f7", null],
    ["a list without a length", "9f01820203ff", [1, [2, 3]]],
    ["a map without a length", "bf616101616280ff", { a: 1, b: [] }],
    ["a text in chunks", "7f6161626263ff", "abc"],
    ["a text of no chunks", "7fff", ""],
    ["bytes in chunks", "5f4101420203ff", new Uint8Array([1, 2, 3])],
    ["a key in chunks", "a17f6161ff01", { a: 1 }],
    [
      "an inherited name as a key",
      "a2695f5f70726f746f5f5f016b636f6e7374727563746f7202",
      JSON.parse('{"__proto__":1,"constructor":2}'),
    ],
    ["a timestamp, which is its seconds", "c1fb41d4d7fbf3800000", 1398796238],
    [
      "a list of numbers and dates",
      "871a65000000fb3ff8000000000000c11a65000001c1fb3ff8000000000000c1c102c2410a1818",
      [0x65000000, 1.5, 0x65000001, 1.5, 2, 10n, 24],
    ],
    ["a list of dates without a length", "9fc11a65000000c11b0000000165000000ff", [0x65000000, 0x165000000]],
    ["a big number", "c249010000000000000000", 2n ** 64n],
    ["a big negative number", "c349010000000000000000", -(2n ** 64n) - 1n],
    ["a big number of no bytes", "c240", 0n],
    ["a decimal", "c4822119 03e7".replace(" ", ""), "9.99"],
    ["an unknown tag, which is what it holds", "d9d9f7d8ff820102", [1, 2]],
  ])("%s", (_name, hex, wanted) => expect(decodeHex(hex)).toStrictEqual(wanted));

  it("has every item of a long list", () => {
    const items = Array.from({ length: 25_000 }, (_, index) => index % 24);
    const bytes = Buffer.from([0x99, items.length >> 8, items.length & 255, ...items]);
    expect(decodeCbor(bytes)).toStrictEqual(items);
  });

  it("gives bytes on memory of their own", () => {
    const body = Buffer.from("43010203", "hex");
    const bytes = decodeCbor(body) as Uint8Array;
    body.fill(0);
    expect(bytes).toStrictEqual(new Uint8Array([1, 2, 3]));
  });

  it("reads what is in a part of a larger buffer", () => {
    expect(decodeCbor(new Uint8Array([1, 0x61, 0x61, 2]).subarray(1, 3))).toBe("a");
  });
});

describe("what is no CBOR is a SyntaxError", () => {
  test.each<[string, string]>([
    ["nothing", ""],
    ["a cut map", "a26161"],
    ["a cut text", "6561"],
    ["more than one value", "0101"],
    ["a break alone", "ff"],
    ["a break in a list with a length", "8201ff"],
    ["a list that says it has 2^53 - 1 items", "9b001fffffffffffff01"],
    ["a text that says it has 2^53 - 1 bytes", "7b001fffffffffffff61"],
    ["a key that is no text", "a10102"],
    ["a chunk of another type", "7f4161ff"],
    ["chunks in chunks", "7f7f6161ffff"],
    ["chunks that do not end", "7f6161"],
    ["a tag of nothing", "c1"],
    ["a tag of nothing in a list", "81c1"],
    ["a cut number in a list", "811a650000"],
    ["a cut double in a list", "81fb3ff80000000000"],
    ["a cut date in a list", "81c1fb3ff80000000000"],
    ["an unknown tag of nothing", "d8ff"],
    ["a big number that is no bytes", "c26161"],
    ["a decimal of one part", "c48101"],
    ["a decimal of texts", "c48261316132"],
    ["HTML", Buffer.from("<html></html>").toString("hex")],
  ])("%s", (_name, hex) => expect(() => decodeHex(hex)).toThrow(SyntaxError));

  test.each<[string, (depth: number) => string]>([
    ["lists", (depth) => "81".repeat(depth) + "01"],
    ["lists without a length", (depth) => "9f".repeat(depth) + "ff".repeat(depth)],
    ["maps", (depth) => "a16161".repeat(depth) + "01"],
    ["tags", (depth) => "c1".repeat(depth) + "01"],
    ["dates in lists", (depth) => `${"81".repeat(depth - 1)}c11a65000000`],
  ])("too deep: %s", (_name, bytes) => {
    expect(() => decodeHex(bytes(500))).not.toThrow();
    expect(() => decodeHex(bytes(501))).toThrow(SyntaxError);
    expect(() => decodeHex(bytes(100_000))).toThrow(SyntaxError);
  });

  it("long, but not deep, is read", () => {
    const wide = Array.from({ length: 2000 }, () => ({ a: [[1], {}, []] }));
    expect(decodeCbor(encode(wide))).toEqual(wide);
  });

  it("a number of more digits than any", () => {
    expect(() => decodeHex(`c2591001${"ff".repeat(4097)}`)).toThrow(SyntaxError);
    expect(decodeHex(`c2591000${"ff".repeat(4096)}`)).toBe(2n ** 32768n - 1n);
  });

  it("whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeCbor(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
