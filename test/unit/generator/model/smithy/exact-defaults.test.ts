import { expect, test } from "vitest";
import { modelOf, read, shapeOf, target, textOf } from "./support/model.js";

/** The default of a member as the model has it, of a type and a JSON number. */
function defaultOf(type: string, number: string): { readonly value: unknown; readonly codes: readonly string[] } {
  const traits = { "smithy.api#default": 1.5 };
  const members = { m: { ...target(`smithy.api#${type}`), traits } };
  const text = textOf(modelOf({ "a#X": { type: "structure", members } })).replace("1.5", number);
  const { model, diagnostics } = read(text);
  const value = model && shapeOf(model, "a#X", "structure").members.get("m")?.traits["smithy.api#default"];
  return { value, codes: diagnostics.map(({ code }) => code) };
}

test.each<[type: string, number: string, value: unknown]>([
  ["BigInteger", "12", 12],
  ["BigInteger", "123456789012345678901234567890", "123456789012345678901234567890"],
  ["BigInteger", "-1e23", `-1${"0".repeat(23)}`],
  ["BigInteger", "1.250e22", `125${"0".repeat(20)}`],
  ["BigDecimal", "1.25", 1.25],
  ["BigDecimal", "1.10", "1.10"],
  ["BigDecimal", "0.12345678901234567890123", "0.12345678901234567890123"],
  ["Long", "7", 7],
  ["Long", "9007199254740993", 9007199254740993n],
  ["Long", "-9223372036854775808", -(2n ** 63n)],
  ["Double", "1.10", 1.1],
])("the default of a %s, %s, keeps its digits", (type, number, value) => {
  expect(defaultOf(type, number)).toEqual({ value, codes: [] });
});

test.each([
  ["Long", "9223372036854775808"],
  ["Integer", "9007199254740993"],
])("one that a %s cannot hold, %s, is rejected", (type, number) => {
  expect(defaultOf(type, number).codes).toEqual(["invalid-trait"]);
});

test("an exponent costs no memory", () => {
  expect(defaultOf("BigInteger", "1e300").value).toBe(`1${"0".repeat(300)}`);
  expect(defaultOf("BigInteger", "1e999999999").codes).toEqual(["invalid-trait"]);
});
