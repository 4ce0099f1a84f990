import * as fc from "../../../support/fast-check.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import type { TimestampFormat } from "#runtime/schema/shapes.js";
import { parseHttpDate } from "#runtime/time/http-date.js";
import { formatTimestamp, parseTimestamp } from "#runtime/schema/timestamps.js";

const formats: TimestampFormat[] = ["date-time", "http-date", "epoch-seconds"];

const iso = (value: unknown, format: TimestampFormat): string => parseTimestamp(value, format).toISOString();

const yearOf = (digits: string): number =>
  new Date(parseHttpDate(`Sunday, 06-Nov-${digits} 08:49:37 GMT`) ?? 0).getUTCFullYear();

describe("formatTimestamp", () => {
  it.each([
    ["2014-04-29T18:30:38.000Z", "2014-04-29T18:30:38Z", "Tue, 29 Apr 2014 18:30:38 GMT", 1_398_796_238],
    ["1985-04-12T23:20:50.520Z", "1985-04-12T23:20:50.520Z", "Fri, 12 Apr 1985 23:20:50 GMT", 482_196_050.52],
    ["1970-01-01T00:00:00.001Z", "1970-01-01T00:00:00.001Z", "Thu, 01 Jan 1970 00:00:00 GMT", 0.001],
    ["1969-12-31T23:59:59.500Z", "1969-12-31T23:59:59.500Z", "Wed, 31 Dec 1969 23:59:59 GMT", -0.5],
    ["0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800],
  ])("writes %s in each format", (date, dateTime, httpDate, epochSeconds) => {
    expect(formats.map((format) => formatTimestamp(new Date(date), format))).toEqual([
      dateTime,
      httpDate,
      epochSeconds,
    ]);
  });

  it("rejects an invalid date", () => {
    for (const format of formats) {
      expect(() => formatTimestamp(new Date(Number.NaN), format)).toThrow("An invalid Date cannot be sent.");
    }
  });

  it("rejects a year without four digits if the format requires four", () => {
    for (const time of [253_402_300_800_000, -62_167_219_200_001]) {
      expect(() => formatTimestamp(new Date(time), "date-time")).toThrow(/cannot be sent as date-time: its year/);
      expect(() => formatTimestamp(new Date(time), "http-date")).toThrow(/cannot be sent as http-date: its year/);
      expect(formatTimestamp(new Date(time), "epoch-seconds")).toBe(time / 1000);
    }
  });
});

describe("parseTimestamp", () => {
  it.each([
    ["2014-04-29T18:30:38Z", "2014-04-29T18:30:38.000Z"],
    ["1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"],
    ["2000-01-02T20:34:56.123456789Z", "2000-01-02T20:34:56.123Z"],
    ["2019-12-17T00:48:18+01:00", "2019-12-16T23:48:18.000Z"],
    ["2019-12-16T22:48:18.5-01:30", "2019-12-17T00:18:18.500Z"],
    ["1990-12-31T23:59:60Z", "1991-01-01T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["2020-02-29t12:00:00z", "2020-02-29T12:00:00.000Z"],
  ])("reads the date-time %s", (text, expected) => {
    expect(iso(text, "date-time")).toBe(expected);
  });

  it.each([
    "2014-04-29",
    "2014-04-29T18:30:38",
    "2014-04-29 18:30:38Z",
    "2014-4-29T18:30:38Z",
    "2014-04-29T18:30Z",
    "2014-04-29T18:30:38.Z",
    "2014-04-29T18:30:38+0100",
    "2014-04-29T18:30:38+24:00",
    "2014-04-29T18:30:38Z[UTC]",
    "2014-02-30T00:00:00Z",
    "2019-02-29T00:00:00Z",
    "2014-00-10T00:00:00Z",
    "2014-13-10T00:00:00Z",
    "2014-01-01T24:00:00Z",
    "2014-01-01T00:60:00Z",
    "2014-01-01T00:00:61Z",
    "+010000-01-01T00:00:00Z",
    " 2014-04-29T18:30:38Z",
    "1398796238",
    "",
  ])("rejects the date-time %j", (text) => {
    expect(() => parseTimestamp(text, "date-time")).toThrow(ResponseMismatch);
  });

  it("reads http-dates, with a fraction too", () => {
    expect(iso("Tue, 29 Apr 2014 18:30:38 GMT", "http-date")).toBe("2014-04-29T18:30:38.000Z");
    expect(iso("Sun, 02 Jan 2000 20:34:56.456 GMT", "http-date")).toBe("2000-01-02T20:34:56.456Z");
  });

  it("reads http-dates whose day or hour has one digit", () => {
    expect(iso("Tue, 9 Apr 2014 8:30:38 GMT", "http-date")).toBe("2014-04-09T08:30:38.000Z");
    expect(iso("Wednesday, 9-Apr-14 8:30:38 GMT", "http-date")).toBe("2014-04-09T08:30:38.000Z");
  });

  it("reads epoch-seconds as number and as text, to the nearest millisecond", () => {
    const cases: [unknown, string][] = [
      [1_398_796_238, "2014-04-29T18:30:38.000Z"],
      [1_515_531_081.1234, "2018-01-09T20:51:21.123Z"],
      [946_845_296.456, "2000-01-02T20:34:56.456Z"],
      [1.5e9, "2017-07-14T02:40:00.000Z"],
      [-0.5, "1969-12-31T23:59:59.500Z"],
      [0, "1970-01-01T00:00:00.000Z"],
      ["1398796238", "2014-04-29T18:30:38.000Z"],
      ["946845296.456", "2000-01-02T20:34:56.456Z"],
      ["1.5E9", "2017-07-14T02:40:00.000Z"],
      ["-1", "1969-12-31T23:59:59.000Z"],
    ];
    for (const [value, expected] of cases) expect(iso(value, "epoch-seconds")).toBe(expected);
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e15,
    "",
    " ",
    "NaN",
    "0x10",
    "1.5.1",
    "2014-04-29T18:30:38Z",
    true,
    {},
  ])("rejects the epoch-seconds %j", (value) => {
    expect(() => parseTimestamp(value, "epoch-seconds")).toThrow(ResponseMismatch);
  });

  it("states what was expected and names the value, without repeating it", () => {
    expect(() => parseTimestamp("yesterday", "date-time", "Trail.CreatedAt")).toThrow(
      "Trail.CreatedAt should be a date in the format date-time, but is a string",
    );
    expect(() => parseTimestamp(12, "http-date")).toThrow("a timestamp should be a date in the format http-date");
    expect(() => parseTimestamp("soon", "epoch-seconds")).toThrow("should be a number of seconds since 1970");
  });

  it("reads back what formatTimestamp writes", () => {
    const dates = fc.date({
      min: new Date(-62_167_219_200_000),
      max: new Date(253_402_300_799_999),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseTimestamp(formatTimestamp(date, "date-time"), "date-time")).toEqual(date);
        expect(parseTimestamp(formatTimestamp(date, "epoch-seconds"), "epoch-seconds")).toEqual(date);
        const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(parseTimestamp(formatTimestamp(seconds, "http-date"), "http-date")).toEqual(seconds);
      }),
    );
  });
});

describe("parseHttpDate", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("knows the two forms that are no longer sent", () => {
    const time = Date.UTC(1994, 10, 6, 8, 49, 37);
    expect(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")).toBe(time);
    expect(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT")).toBe(time);
    expect(parseHttpDate("Sun Nov  6 08:49:37 1994")).toBe(time);
  });

  it("takes a year of two digits for one at most 50 years ahead", () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    expect(["26", "76", "77", "99", "00"].map(yearOf)).toEqual([2026, 2076, 1977, 1999, 2000]);
  });

  it.each([
    "",
    "now",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 006 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 +0000",
    "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Foo 1994 08:49:37 GMT",
  ])("does not take %j for a date", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
