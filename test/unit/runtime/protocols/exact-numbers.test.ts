import { expect, it } from "vitest";
import { digitsOf, parseExactly } from "#runtime/protocols/json/exact.js";

it("keeps the digits of numbers, whatever texts are around them", () => {
  const { a, b, c } = parseExactly(String.raw`{"a":"1.50","b":12345678901234567890,"c":"\\\"1.50"}`) as Record<
    string,
    unknown
  >;
  expect([a, digitsOf(b), c]).toEqual(["1.50", "12345678901234567890", '\\"1.50']);
});

it("reads texts of any length", () => {
  const long = "x".repeat(20_000_000);
  const { text, count } = parseExactly(`{"text":"${long}","count":1.50}`) as { text: string; count: unknown };
  expect([text.length, digitsOf(count)]).toEqual([long.length, "1.50"]);
});
