import { describe, expect, it } from "vitest";
import {
  asList,
  averageOf,
  compareNumbers,
  greatestBy,
  isDeepEqual,
  isEach,
  isTruthy,
  leastBy,
  memberOf,
  sortedBy,
  toArray,
  toNumber,
  toText,
  typeName,
  valuesOf,
} from "#runtime/operations/jmespath.js";

describe("truth", () => {
  it.each([null, undefined, false, "", [], {}, { a: undefined }])("is not in %j", (value) => {
    expect(isTruthy(value)).toBe(false);
  });

  it("is in everything else", () => {
    const values = [
      true,
      0,
      -1,
      Number.NaN,
      0n,
      "0",
      [null],
      [0],
      { a: null },
      { a: 0 },
      new Date(0),
      new Uint8Array(),
    ];
    for (const value of values) expect(isTruthy(value)).toBe(true);
  });
});

describe("equality", () => {
  it.each([
    [null, undefined, true],
    [null, 0, false],
    [0, null, false],
    [1, 1, true],
    [1, "1", false],
    [[1, [2]], [1, [2]], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [{ a: 1, b: { c: [null] } }, { b: { c: [undefined] }, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{}, { toString: 1 }, false],
  ])("of %j and %j is %s", (left, right, equal) => {
    expect(isDeepEqual(left, right)).toBe(equal);
    expect(isDeepEqual(right, left)).toBe(equal);
  });
});

it("numbers compare where both are there", () => {
  expect(compareNumbers(1, "<", 2)).toBe(true);
  expect(compareNumbers(2, "<=", 2)).toBe(true);
  expect(compareNumbers(1, ">", 2)).toBe(false);
  expect(compareNumbers(1, ">=", 2)).toBe(false);
  expect(compareNumbers(undefined, "<", 2)).toBeUndefined();
  expect(compareNumbers(2, ">=", undefined)).toBeUndefined();
});

it("each item counts, and there must be one", () => {
  expect(isEach(["a", null, "a", undefined], "a")).toBe(true);
  expect(isEach(["a", "b"], "a")).toBe(false);
  expect(isEach([], "a")).toBe(false);
  expect(isEach([null], "a")).toBe(false);
  expect(isEach(undefined, "a")).toBe(false);
});

it("a text is a number where JSON has one", () => {
  expect(["0", "-1.5", "2e3"].map(toNumber)).toEqual([0, -1.5, 2000]);
  expect(["", " 1", "01", "0x1", "1.", "Infinity", "one"].map(toNumber)).toEqual(Array(7).fill(undefined));
});

it("only an object has members, and only its own", () => {
  expect(memberOf({ a: 1 }, "a")).toBe(1);
  expect([{}, "text", ["x"], null, undefined].map((value) => memberOf(value, "length"))).toEqual(
    Array(5).fill(undefined),
  );
  expect(memberOf({}, "toString")).toBeUndefined();
  expect(valuesOf({ a: 1, b: null })).toEqual([1, null]);
  expect([valuesOf(["x"]), valuesOf("x"), asList({ length: 1 }), asList("x")]).toEqual(Array(4).fill(undefined));
});

it("items are in order of their keys, and those of equal keys stay as they were", () => {
  const items = ["b2", "a1", "b1", "a2"];
  expect(sortedBy(items, (item) => item.charAt(0))).toEqual(["a1", "a2", "b2", "b1"]);
  expect(greatestBy(items, (item) => item.charAt(0))).toBe("b2");
  expect(leastBy(items, (item) => item.charAt(0))).toBe("a1");
  expect([greatestBy([], Number), leastBy([], Number), averageOf([]), averageOf(undefined)]).toEqual(
    Array(4).fill(undefined),
  );
  expect(items).toEqual(["b2", "a1", "b1", "a2"]);
});

it("a value has the type and the text of JSON", () => {
  const values = [[], {}, "x", 1, true, null, undefined];
  expect(values.map(typeName)).toEqual(["array", "object", "string", "number", "boolean", "null", "null"]);
  expect(values.map(toText)).toEqual(["[]", "{}", "x", "1", "true", "null", "null"]);
  expect([toArray("x"), toArray(["x"]), toArray(undefined)]).toEqual([["x"], ["x"], [undefined]]);
});
