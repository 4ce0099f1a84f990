import * as fc from "../../../../support/fast-check.js";
import { expect, test } from "vitest";
import { type DecimalFraction, decimalFraction, decimalText } from "#runtime/protocols/cbor/numbers.js";

test.each<[string, DecimalFraction]>([
  ["1.10", [-2, 110n]],
  ["-0.05", [-2, -5n]],
  ["12", [0, 12n]],
  ["+12", [0, 12n]],
  [".5", [-1, 5n]],
  ["1.5e3", [2, 15n]],
  ["1E-9", [-9, 1n]],
])("%s is written as %o", (text, wanted) => expect(decimalFraction(text)).toEqual(wanted));

test.each(["", ".", "-", "e5", "1,5", "0x10", "NaN", "1e9999999999", " 1"])("%j is no decimal", (text) => {
  expect(() => decimalFraction(text)).toThrow(TypeError);
});

test.each<[unknown, string]>([
  [[-2, 110], "1.10"],
  [[-2, -5], "-0.05"],
  [[0, 12n], "12"],
  [[3, 12], "12000"],
  [[1_000_000_000, 12], "12E1000000000"],
  [[-1_000_000_000, -12], "-12E-1000000000"],
  [[-3, 123], "0.123"],
])("%o is read as %s", (content, wanted) => expect(decimalText(content)).toBe(wanted));

test.each<[unknown]>([[[1]], [["1", 2]], [[1.5, 2]], [5], [null]])("%j is no decimal fraction", (content) => {
  expect(() => decimalText(content)).toThrow(SyntaxError);
});

test("what is written is read again", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat({ max: 60 }), (mantissa, scale) => {
      const text = decimalText([-scale, mantissa]);
      const [exponent, digits] = decimalFraction(text);
      expect([exponent, digits]).toEqual([-scale || 0, mantissa]);
    }),
  );
});
