import fc from "fast-check";
import { expect, it } from "vitest";
import { usualTime } from "#runtime/protocols/usual-date.js";

it("a date in UTC has the time that the platform reads", () => {
  const date = fc.date({
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (each) => {
      const text = each.toISOString();
      expect(usualTime(text)).toBe(each.getTime());
      expect(usualTime(text.replace(/\.\d+/, ""))).toBe(Math.floor(each.getTime() / 1000) * 1000);
    }),
    { numRuns: 5000 },
  );
});

it("every day of four centuries", () => {
  const wrong: string[] = [];
  for (let time = Date.UTC(1899, 11, 31); time < Date.UTC(2301, 0, 2); time += 86_400_000) {
    const text = new Date(time).toISOString();
    if (usualTime(text) !== time) wrong.push(text);
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
])("%s is left to others", (text) => expect(usualTime(text)).toBeUndefined());

it("a leap second is the second after it", () => {
  expect(usualTime("2016-12-31T23:59:60Z")).toBe(Date.UTC(2017, 0, 1));
  expect(usualTime("2016-12-01T23:59:60Z")).toBe(Date.UTC(2016, 11, 2));
});
