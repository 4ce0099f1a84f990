import { expect, test } from "vitest";
import { formatSigningDate, parseSigningDate } from "#runtime/signing/date.js";

test("writes whole seconds of UTC", () => {
  expect(formatSigningDate(new Date("2026-03-04T05:06:07.999Z"))).toBe("20260304T050607Z");
  expect(formatSigningDate(new Date("2026-03-04T05:06:07.000Z"))).toBe("20260304T050607Z");
  expect(formatSigningDate(new Date("2026-03-04T05:06:08.000Z"))).toBe("20260304T050608Z");
  expect(formatSigningDate(new Date("2026-03-04T05:06:06.999Z"))).toBe("20260304T050606Z");
  expect(formatSigningDate(new Date(-1))).toBe("19691231T235959Z");
});

test("reads what it writes", () => {
  expect(parseSigningDate("20260304T050607Z")).toEqual(new Date("2026-03-04T05:06:07Z"));
});

test.for(["2026-03-04T05:06:07Z", "20261304T050607Z", "20260304T250607Z", "20260304", ""])(
  'reads no date from "%s"',
  (text) => {
    expect(parseSigningDate(text)).toBeUndefined();
  },
);
