import fc from "fast-check";
import { expect, it } from "vitest";
import { codesOf } from "#runtime/protocols/xml/codes.js";
import { usualDecimal, usualInteger, usualTime } from "#runtime/protocols/xml/usual.js";

/** Reads a text between others. */
const reading =
  (read: typeof usualTime) =>
  (text: string): number | undefined =>
    read(codesOf(`0${text}0`), 1, text.length + 1);
const timeOf = reading(usualTime);

it("a date in UTC has the time that the platform reads", () => {
  const date = fc.date({
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (each) => {
      const text = each.toISOString();
      expect(timeOf(text)).toBe(each.getTime());
      expect(timeOf(text.replace(/\.\d+/, ""))).toBe(Math.floor(each.getTime() / 1000) * 1000);
    }),
    { numRuns: 5000 },
  );
});

it("every day of four centuries", () => {
  const wrong: string[] = [];
  for (let time = Date.UTC(1899, 11, 31); time < Date.UTC(2301, 0, 2); time += 86_400_000) {
    const text = new Date(time).toISOString();
    if (timeOf(text) !== time) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});

it.each([
  "2026-02-30T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-01-00T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:60:00Z",
  "2026-01-01T00:00:61Z",
  "2026-01-01T00:00:0xZ",
  "2026-01-01 00:00:00Z",
  "+026-01-01T00:00:00Z",
  "2026-01-01T00:00:00.1Z",
])("%s is left to others", (text) => expect(timeOf(text)).toBeUndefined());

it("a leap second is the second after it", () => {
  expect(timeOf("2016-12-31T23:59:60Z")).toBe(Date.UTC(2017, 0, 1));
  expect(timeOf("2016-12-01T23:59:60Z")).toBe(Date.UTC(2016, 11, 2));
});

it.each<[string, number | undefined, number | undefined]>([
  ["0", 0, 0],
  ["007", 7, 7],
  ["123456789012345", 123_456_789_012_345, 123_456_789_012_345],
  ["0.1", undefined, 0.1],
  ["12345678.901234", undefined, 12_345_678.901_234],
  ["1234567890123456", undefined, undefined],
  ["", undefined, undefined],
  [".5", undefined, undefined],
  ["5.", undefined, undefined],
  ["1.2.3", undefined, undefined],
  ["-1", undefined, undefined],
  ["1e3", undefined, undefined],
  [" 1", undefined, undefined],
  ["1é", undefined, undefined],
])("%j is %s as an integer and %s as a decimal", (text, integer, decimal) => {
  expect(reading(usualInteger)(text)).toBe(integer);
  expect(reading(usualDecimal)(text)).toBe(decimal);
});

it("a decimal is the nearest number", () => {
  fc.assert(
    fc.property(fc.nat({ max: 99_999_999 }), fc.integer({ min: 1, max: 6 }), (digits, places) => {
      const text = (digits / 10 ** places).toFixed(places);
      expect(reading(usualDecimal)(text)).toBe(Number(text));
    }),
    { numRuns: 5000 },
  );
});
