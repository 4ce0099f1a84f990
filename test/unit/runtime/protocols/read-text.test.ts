import fc from "fast-check";
import { expect, it } from "vitest";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { readText } from "#runtime/protocols/read-text.js";

const read = (type: "integer" | "double", text: string): unknown => readText({ type }, text, "date-time", "it");

it("a decimal is the nearest number, whatever its length", () => {
  const digits = fc.stringMatching(/^[0-9]{1,12}$/);
  fc.assert(
    fc.property(digits, digits, (whole, fraction) => {
      expect(read("double", `${whole}.${fraction}`)).toBe(Number(`${whole}.${fraction}`));
      expect(read("double", whole + fraction)).toBe(Number(whole + fraction));
      expect(read("integer", whole + fraction)).toBe(Number(whole + fraction));
    }),
    { numRuns: 2000 },
  );
});

it.each(["1", "-1", "+7", " 12\n", "007", "999999999999999", "9007199254740993", "0"])(
  "%j is a whole number",
  (text) => {
    expect(read("integer", text)).toBe(Number(text));
  },
);

it.each(["0.1", "1.5e3", "-0.25", "123456.789012345", "0.000000000001"])("%j is a number", (text) => {
  expect(read("double", text)).toBe(Number(text));
});

it.each(["1.", ".5", "1.2.3", "1,5", "0x10", "1 2", "e5", "--1", "."])("%j is none", (text) => {
  expect(() => read("double", text)).toThrow(ResponseMismatch);
  expect(() => read("integer", text)).toThrow(ResponseMismatch);
});

it("a whole number has no point", () => expect(() => read("integer", "1.0")).toThrow(ResponseMismatch));
