import { decode, encode, Tagged } from "cborg";
import { describe, expect, it, test } from "vitest";
import { CborReader } from "#runtime/protocols/cbor/read.js";
import { CborWriter } from "#runtime/protocols/cbor/write.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import type { StructureShape, UnionShape } from "#runtime/schema/shapes.js";

const Choice$: UnionShape = {
  type: "union",
  name: "Choice",
  members: { text: { type: "string" }, at: { type: "timestamp" } },
};
const All$: StructureShape = {
  type: "structure",
  name: "All",
  members: {
    text: { type: "string", jsonName: "Text" },
    flag: { type: "boolean" },
    count: { type: "integer" },
    big: { type: "long" },
    huge: { type: "bigInteger" },
    exact: { type: "bigDecimal" },
    ratio: { type: "double" },
    at: { type: "timestamp", timestampFormat: "date-time" },
    bytes: { type: "blob" },
    any: { type: "document" },
    dates: { type: "list", member: { type: "timestamp" } },
    ratios: { type: "list", member: { type: "double" } },
    sparse: { type: "list", member: { type: "string" }, sparse: true },
    dense: { type: "list", member: { type: "string" } },
    named: { type: "map", key: { type: "string" }, value: { type: "blob" } },
    choice: { target: Choice$ },
    child: { target: () => All$ },
  },
};

const writer = new CborWriter();
const reader = new CborReader();
const bytesOf = (value: object): Uint8Array => writer.encode(All$, value);
const read = (bytes: Uint8Array): unknown => reader.read(All$, bytes);
const readValue = (value: unknown): unknown => read(encode(value));

it("what is written is read again", () => {
  const value = {
    text: "ä",
    flag: false,
    count: -5,
    huge: -(10n ** 30n),
    exact: "1.10",
    ratio: Number.NEGATIVE_INFINITY,
    at: new Date(1_398_796_238_123),
    bytes: new Uint8Array([1, 2]),
    any: { a: [null, 1.5] },
    dates: [new Date(0), new Date(-1500)],
    sparse: ["a", null],
    named: { __proto__x: new Uint8Array([3]) },
    choice: { at: new Date(1) },
    child: { huge: 3n, ratio: Number.NaN, child: {} },
  };
  expect(read(bytesOf(value))).toStrictEqual(value);
});

describe("writing", () => {
  const written = (value: object): string => Buffer.from(bytesOf(value)).toString("hex");

  test.each<[string, object, string]>([
    ["seconds are tagged, whatever the format in the model", { at: new Date(1500) }, "a1626174c1fb3ff8000000000000"],
    ["whole seconds take the fewest bytes", { at: new Date(1000) }, "a1626174c101"],
    ["fractions are never of half precision", { ratio: 1.5 }, "a165726174696ffb3ff8000000000000"],
    ["a long beyond 2^53", { big: 2n ** 53n + 1n }, "a1636269671b0020000000000001"],
    ["a number beyond 64 bits", { huge: 2n ** 64n }, "a16468756765c249010000000000000000"],
    ["a decimal", { exact: "-1.5" }, "a1656578616374c482202e"],
    ["members that are not set or not known are left out", { text: null, flag: undefined, other: 1 }, "a0"],
  ])("%s", (_name, value, hex) => expect(written(value)).toBe(hex));

  it("rejects an invalid date and what is no decimal", () => {
    expect(() => bytesOf({ at: new Date(NaN) })).toThrow(RangeError);
    expect(() => bytesOf({ exact: "many" })).toThrow(TypeError);
  });

  it("does not touch the caller's value", () => {
    const value = { dates: [new Date(0)], named: { a: new Uint8Array([1]) } };
    bytesOf(value);
    expect(value).toStrictEqual({ dates: [new Date(0)], named: { a: new Uint8Array([1]) } });
  });

  it("is plain CBOR to others", () => {
    const tags = Tagged.preserve(1);
    expect(decode(bytesOf({ dates: [new Date(2000)] }), { tags })).toEqual({ dates: [new Tagged(1, 2)] });
  });
});

describe("reading", () => {
  test.each<[string, object, object]>([
    ["a timestamp without a tag", { at: 1.5 }, { at: new Date(1500) }],
    [
      "timestamps with tags",
      { dates: [new Tagged(1, 1.5), new Tagged(1, 2)] },
      { dates: [new Date(1500), new Date(2000)] },
    ],
    ["tagged numbers for numbers", { ratios: [new Tagged(1, 1.5), 1.5] }, { ratios: [1.5, 1.5] }],
    ["whole numbers of every size", { huge: 5, exact: 5, big: 2n ** 60n }, { huge: 5n, exact: "5", big: 2 ** 60 }],
    ["a whole number for a fraction", { ratio: 2 }, { ratio: 2 }],
    [
      "numbers of every form in a list, without nulls",
      { ratios: [0, 1.5, NaN, null, -3, 2 ** 31, 2n ** 60n, Infinity, new Tagged(1, 5), 0.1] },
      { ratios: [0, 1.5, NaN, -3, 2 ** 31, 2 ** 60, Infinity, 5, 0.1] },
    ],
    [
      "dates of every form in a list, without nulls",
      { dates: [1_700_000_000, new Tagged(1, 1.5), null, new Tagged(1, -2), 0.25] },
      { dates: [new Date(17e11), new Date(1500), new Date(-2000), new Date(250)] },
    ],
    ["unknown members and nulls", { other: { a: 1 }, text: null, dense: ["a", null] }, { dense: ["a"] }],
    [
      "a member of a union that is not known",
      { choice: { __type: "x", new: 5 } },
      { choice: { $unknown: ["new", 5] } },
    ],
  ])("%s", (_name, value, wanted) => expect(readValue(value)).toStrictEqual(wanted));

  const readHex = (hex: string): unknown => reader.read(All$, Buffer.from(hex, "hex"));

  it("members in any order, in responses that differ", () => {
    for (const names of [["text", "flag"], ["flag", "text"], ["flag"], ["text", "other", "flag"], ["flag", "text"]]) {
      const value = Object.fromEntries(names.map((name) => [name, name === "text" ? "a" : true]));
      const { other: _other, ...wanted } = value;
      const result = read(encode(value, { mapSorter: () => 0 })) as object;
      expect(result).toStrictEqual(wanted);
      expect(Object.keys(result)).toEqual(names.filter((name) => name !== "other"));
    }
  });

  const text = "6474657874";
  const dense = "6564656e7365";
  const huge = "6468756765";
  test.each<[string, string, object]>([
    [
      "numbers and dates in lists without a length",
      "bf66726174696f739ffb3ff80000000000000af6fb3ff8000000000000ff6564617465739fc11a6500000001ffff",
      { ratios: [1.5, 10, 1.5], dates: [new Date(0x65000000 * 1000), new Date(1000)] },
    ],
    ["maps, lists and texts without a length", `bf${text}6161${dense}9f7f6162ffffff`, { text: "a", dense: ["b"] }],
    ["a key in chunks", "a17f627465627874ff6161", { text: "a" }],
    ["a key with a longer head", "a17804746578746161", { text: "a" }],
    ["the last of two values of a key", `a2${text}6161${text}6162`, { text: "b" }],
    ["tags without a meaning around any value", `d9d9f7a1d8ff${text}d9d9f7c16161`, { text: "a" }],
    ["tags around null", `a3${text}c1f6${dense}82c1f76162${huge}d9d9f7f6`, { dense: ["b"] }],
    ["tags around a big number", `a1${huge}c1c24105`, { huge: 5n }],
    ["a tag with a longer head", `a1${huge}d8024105`, { huge: 5n }],
    ["no body but tags", "d9d9f7a0", {}],
    [
      "an inherited name as a key",
      "a1656e616d6564a1695f5f70726f746f5f5f4101",
      { named: Object.fromEntries([["__proto__", new Uint8Array([1])]]) },
    ],
  ])("%s", (_name, hex, wanted) => expect(readHex(hex)).toStrictEqual(wanted));

  it("no part of a body", () => {
    const bytes = bytesOf({ text: "a", dates: [new Date(1), new Date(2000)], ratios: [1.5], choice: { text: "b" } });
    expect(() => read(bytes)).not.toThrow();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => read(bytes.subarray(0, length))).toThrow(SyntaxError);
    }
    expect(() => read(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(SyntaxError);
  });

  it("nothing that is nested too deep", () => {
    const children = (depth: number): string => `${"a1656368696c64".repeat(depth - 1)}a0`;
    const tags = (depth: number): string => `a1${text}${"c1".repeat(depth - 1)}6161`;
    for (const nested of [children, tags]) {
      expect(() => readHex(nested(500))).not.toThrow();
      expect(() => readHex(nested(501))).toThrow("nested deeper than 500");
      expect(() => readHex(nested(100_000))).toThrow(SyntaxError);
    }
  });

  test.each<[string, unknown]>([
    ["bytes for a structure", new Uint8Array([1])],
    ["a text for bytes", { bytes: "AQI=" }],
    ["a text for a timestamp", { at: "soon" }],
    ["no number for a timestamp", { at: NaN }],
    ["a date out of range", { dates: [new Tagged(1, 1e300)] }],
    ["a big number for a timestamp", { at: 2n ** 60n }],
    ["a fraction for a whole number", { huge: 1.5 }],
    ["an object for a list", { dense: {} }],
    ["a list for an object", { named: [1] }],
    ["null for a structure", null],
    ["two members of a union", { choice: { text: "a", at: 1 } }],
  ])("%s is a mismatch", (_name, value) => expect(() => readValue(value)).toThrow(ResponseMismatch));
});
