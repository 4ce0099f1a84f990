import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readPattern } from "#generator/patterns/index.js";
import { backtrackingDegree } from "#generator/patterns/ambiguity.js";
import * as fc from "../../../support/fast-check.js";

/** Small patterns over two letters, whose parts overlap as often as not. */
const atom = fc.constantFrom("a", "b", "aa", "ab", "[ab]", "a?", "b?", "a{3}", "a{1,2}", "a+");
const sequence = fc.array(atom, { minLength: 1, maxLength: 2 }).map((atoms) => atoms.join(""));
const quantifier = fc.constantFrom("", "?", "*", "{2}", "{6}", "{30}", "{0,3}", "{1,7}", "{2,40}", "{12,}");
const group = fc
  .array(sequence, { minLength: 1, maxLength: 2 })
  .chain((options) => quantifier.map((times) => `(${options.join("|")})${times}`));
const patterns = fc.array(fc.oneof(group, atom), { minLength: 1, maxLength: 3 }).map((parts) => `^${parts.join("")}$`);

/** Texts that match up to their end, where they do at all. */
const attacks = [10, 25, 40, 60, 150].flatMap((length) =>
  ["a", "b", "ab", "aab", "aba"].map((unit) => `${unit.repeat(length).slice(0, length)}!`),
);

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
    ["^[\\p{L}\\_\\@\\-\\]]+\\-\\:\\/$", "^[\\p{L}_@\\-\\]]+-:\\/$", "u"],
    ['^[^\\"]{1,3}\\😀$', '^[^"]{1,3}😀$', "u"],
    ["^\\q\\_$", "^\\q\\_$", ""],
  ])("reads %s as %s", (text, source, flags) => {
    expect(readPattern(text)).toEqual({ pattern: { source, flags } });
  });

  it.each(["[unclosed", "(", "\\p{NoSuch}", "\\Qa\\E", "[a-z&&[^b]]", "^(a)${1,128}$", "(?i:a)", "(?<n>a)|(?<n>b)"])(
    "reports that JavaScript cannot express %s",
    (text) => {
      expect(readPattern(text)).toEqual({ rejected: expect.stringContaining("cannot express") as string });
    },
  );

  it("rejects a pattern with exponential matching time", () => {
    expect(readPattern("^(a+)+$")).toEqual({ rejected: expect.stringContaining("more than quadratic") as string });
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
    // A fixed number of times, and yet in many ways: the body matches nothing, or one text in two ways, or texts of
    // different lengths.
    "^(a?){40}a{40}$",
    "^(a|aa){40}$",
    "^([a-z]|[a-z][a-z]){30}$",
    "^(a{1,2}){32}$",
    "^(\\d{1,3},?){50}$",
    "^(a{1,7}){60}$",
    "^(a|a){40}$",
    "^(a{1,7}){8}$",
    "^((a?){8}){8}$",
    `^${"a?".repeat(40)}a{40}$`,
    `^${"(a|aa)".repeat(40)}$`,
    `^(${Array.from({ length: 40 }, () => "a").join("|")}){8}$`,
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
    ["^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$", 0],
    ["^(\\d\\d,){20}$", 0],
    ["^(ab|cd|ef){40}$", 0],
    ["^a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?q?r?s?t?$", 0],
    ["^(foo|bar|baz|qux)[a-z]*-(foo|bar|baz|qux)[a-z]*-(foo|bar|baz|qux)[a-z]*-(foo|bar|baz|qux)$", 0],
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
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("accepts no pattern that an engine takes long for", () => {
    let accepted = 0;
    const context = createContext({ attacks });
    fc.assert(
      fc.property(patterns, (source) => {
        if (degree(source) > 1) return;
        accepted++;
        // V8 ends searches that take longer than this.
        runInContext(`for (const text of attacks) /${source}/u.test(text);`, context, { timeout: 2_000 });
      }),
      { numRuns: 200, interruptAfterTimeLimit: 8_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});
