import { describe, expect, it } from "vitest";
import { readPattern } from "../../../../generator/src/ir/patterns.js";
import { backtrackingDegree } from "../../../../generator/src/ir/regex/ambiguity.js";

describe("readPattern", () => {
  it.each([
    ["^[a-z]{3}$", "^[a-z]{3}$", "u"],
    ["^[\\w-_]*$", "^[\\w-_]*$", ""],
    ["^\\p{Print}+$", "^[ -~]+$", "u"],
    ["[\\p{Alnum}\\-]+", "[A-Za-z0-9\\-]+", "u"],
    ["\\P{Digit}", "[^0-9]", "u"],
    ["[[:alnum:]_]+", "[A-Za-z0-9_]+", "u"],
    ["\\p{IsAlphabetic}", "\\p{Alphabetic}", "u"],
    ["(?s)^.$", "^.$", "su"],
    ["^(?i)abc$", "^abc$", "iu"],
    ["\\A\\d+\\Z", "^\\d+$", "u"],
    ["\\x{1F600}", "\\u{1F600}", "u"],
    ["a++b*+c?+d{2}+", "a+b*c?d{2}", "u"],
    ["[a++]", "[a++]", "u"],
    ["\\++", "\\++", "u"],
  ])("reads %s as %s", (text, source, flags) => {
    expect(readPattern(text)).toEqual({ pattern: { source, flags } });
  });

  it.each(["[unclosed", "(", "\\p{NoSuch}", "\\Qa\\E", "[a-z&&[^b]]", "^(a)${1,128}$", "(?i:a)", "(?<n>a)|(?<n>b)"])(
    "says that JavaScript cannot express %s",
    (text) => {
      expect(readPattern(text)).toEqual({ refused: expect.stringContaining("cannot express") as string });
    },
  );

  it("refuses a pattern that can run away", () => {
    expect(readPattern("^(a+)+$")).toEqual({ refused: expect.stringContaining("takes time") as string });
  });
});

describe("backtrackingDegree", () => {
  const degree = (source: string): number => backtrackingDegree({ source, flags: "u" });

  it.each([
    "(a+)+$",
    "^(a*)*$",
    "(a|a)*b",
    "^(a|aa)+$",
    "^(\\w+\\s?)*$",
    "^(a*b*)*$",
    "^([a-z]+\\.?)+$",
    "^(([a-z])+.)+[A-Z]$",
    "(x+x+)+y",
    "^(a?b?)*c",
    "(?=(a+)+$)b",
    "^([-a-z0-9]*[a-z0-9]){0,39}$",
    "^(a|[^b])*c",
    "^(.|\\s)*x$",
    "(?:[ \\n].*)*$",
  ])("is infinite for %s", (source) => {
    expect(degree(source)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ["^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$", 0],
    ["^([0-9a-f]{16})+$", 0],
    ["^((25[0-5]|1\\d|[1-9]|)\\d\\.?\\b){4}$", 0],
    ["^(a={0,2}b)*$", 0],
    ["^(ab|ac)*$", 0],
    ["^arn:[^:]*:[^:]*:[^:]*$", 0],
    ["^(\\d{1,3}\\.){3}\\d{1,3}$", 0],
    ["(a+)+", 0],
    [".*\\S.*", 1],
    ["\\s+$", 1],
    ["^.*x.*$", 1],
    ["^.*,.*,.*$", 2],
    ["^\\d+.\\d+.\\d+$", 2],
  ])("of %s is %d", (source, expected) => {
    expect(degree(source)).toBe(expected);
  });

  it("agrees with what an engine does: texts grow by a character, time by no more than their square", () => {
    const source = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";
    expect(degree(source)).toBeLessThanOrEqual(1);
    const start = performance.now();
    expect(new RegExp(source, "u").test(`${"a-".repeat(3000)}!`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each([
    ["nesting", `^${"(".repeat(150)}a${")+".repeat(150)}$`],
    ["repetition", `^${"(".repeat(8)}a${"){8}".repeat(8)}$`],
    ["length", `^(${"a?".repeat(1500)})*$`],
    ["choices", `^(${Array.from({ length: 400 }, (_, index) => `[a-z]{1,9}${index}`).join("|")})*$`],
  ])("gives up on a pattern beyond measure (%s) rather than taking long", (_name, source) => {
    const start = performance.now();
    expect(degree(source)).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
