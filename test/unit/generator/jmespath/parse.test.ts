import { describe, expect, it } from "vitest";
import { parse } from "#generator/jmespath/parse.js";
import { type Expression, JmespathProblem } from "#generator/jmespath/syntax.js";

/** The tree of an expression on one line. */
function tree(text: string): string {
  return show(parse(text));
}

function show(of: Expression): string {
  switch (of.kind) {
    case "current":
      return "@";
    case "field":
      return of.name;
    case "literal":
      return JSON.stringify(of.value);
    case "chain":
      return `(${show(of.left)} . ${show(of.right)})`;
    case "index":
      return `${show(of.of)}[${of.index}]`;
    case "slice":
      return `${show(of.of)}[${of.bounds.start ?? ""}:${of.bounds.stop ?? ""}:${of.bounds.step}]`;
    case "flatten":
      return `flat(${show(of.of)})`;
    case "filter":
      return `where(${show(of.of)}, ${show(of.condition)})`;
    case "values":
      return `values(${show(of.of)})`;
    case "projection":
      return `each(${show(of.of)}, ${show(of.each)})`;
    case "list":
      return `[${of.items.map(show).join(", ")}]`;
    case "hash":
      return `{${of.entries.map(([name, each]) => `${name}: ${show(each)}`).join(", ")}}`;
    case "and":
    case "or":
      return `(${show(of.left)} ${of.kind} ${show(of.right)})`;
    case "not":
      return `!${show(of.of)}`;
    case "comparison":
      return `(${show(of.left)} ${of.comparator} ${show(of.right)})`;
    case "call":
      return `${of.name}(${of.arguments.map(show).join(", ")})`;
    case "reference":
      return `&${show(of.of)}`;
  }
}

describe("an expression is read as the grammar has it", () => {
  it.each([
    ["a", "a"],
    ["@", "@"],
    ['"a b"', "a b"],
    ['"a\\n\\u0062"', "a\nb"],
    ["a.b.c", "((a . b) . c)"],
    [" a . b\n", "(a . b)"],
    ["a[0]", "a[0]"],
    ["a[-1].b", "(a[-1] . b)"],
    ["[0]", "@[0]"],
    ["a[*]", "each(a, @)"],
    ["a[*].b.c", "each(a, (b . c))"],
    ["a[*].b[0]", "each(a, b[0])"],
    ["a[].b", "each(flat(a), b)"],
    ["a[][].b", "each(flat(each(flat(a), @)), b)"],
    ["a[].b[].c", "each(flat(each(flat(a), b)), c)"],
    ["[]", "each(flat(@), @)"],
    ["*.a", "each(values(@), a)"],
    ["a.*.b", "each(values(a), b)"],
    ["a[1:3]", "each(a[1:3:1], @)"],
    ["a[:2].b", "each(a[:2:1], b)"],
    ["a[::-1]", "each(a[::-1], @)"],
    ["a[?b == `1`].c", "each(where(a, (b == 1)), c)"],
    ["a[?b][0]", "each(where(a, b), @[0])"],
    ["a[*].b | [0]", "(each(a, b) . @[0])"],
    ["(a[*].b)[0]", "each(a, b)[0]"],
    ["a || b && c", "(a or (b and c))"],
    ["a && b || c", "((a and b) or c)"],
    ["a || b | c", "((a or b) . c)"],
    ["!a && b", "(!a and b)"],
    ["!(a && b)", "!(a and b)"],
    ["a == b && c != `2`", "((a == b) and (c != 2))"],
    ["a.b < `3` || c", "(((a . b) < 3) or c)"],
    ["[a, b.c]", "[a, (b . c)]"],
    ["a.[b, c]", "(a . [b, c])"],
    ["a[].[b]", "each(flat(a), [b])"],
    ['{a: b, "c d": @}', "{a: b, c d: @}"],
    ["a.{b: c}", "(a . {b: c})"],
    ["length(a[])", "length(each(flat(a), @))"],
    ["f(a, &b.c)", "f(a, &(b . c))"],
    ["a.length(@)", "(a . length(@))"],
    ["'it\\'s'", '"it\'s"'],
    ["'a\\nb'", '"a\\\\nb"'],
    ['`{"a": [1, null]}`', '{"a":[1,null]}'],
    ["`null`", "null"],
    ["`ACTIVE`", '"ACTIVE"'],
    ["`a\\`b`", '"a`b"'],
    [
      "contains(a[].[length(b[?c=='d']) >= e][], `false`)",
      'contains(each(flat(each(flat(a), [(length(each(where(b, (c == "d")), @)) >= e)])), @), false)',
    ],
  ])("%s", (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe("what is no expression is rejected, with the place", () => {
  it.each([
    ["", 0, "the end"],
    [".a", 0, '"."'],
    ["a.", 2, "the end"],
    ["a..b", 2, '"."'],
    ["a.1", 2, "a number"],
    ["a b", 2, 'the name "b"'],
    ["a[", 2, "the end"],
    ["a[b]", 2, 'the name "b"'],
    ["a[1 2]", 4, "a number"],
    ["a[1:2:3:4]", 7, '":"'],
    ["a[::0]", 1, "step 0"],
    ["a[*", 3, "the end"],
    ["a[?b", 4, "the end"],
    ["a[*]b", 4, 'the name "b"'],
    ["a ]", 2, '"]"'],
    ["(a", 2, "the end"],
    ["[a,]", 3, '"]"'],
    ["[a", 2, "the end"],
    ["a.[]", 2, '"[]"'],
    ["{a}", 2, '"}"'],
    ["{}", 0, "no entry"],
    ["{1: a}", 1, "a number"],
    ["f(a", 3, "the end"],
    ["f(a,)", 4, '")"'],
    ['"f"(a)', 3, '"("'],
    ["a = b", 2, "unexpected character"],
    ["a ==", 4, "the end"],
    ["a # b", 2, "unexpected character"],
    ["'it''s'", 4, "a literal"],
    ["'a", 0, "closing"],
    ['"a', 0, "closing"],
    ["`1", 0, "closing"],
    ['`{"a`', 0, "not valid JSON"],
    ['"\\x"', 0, "not a JSON string"],
    ["a || || b", 5, '"||"'],
    ["!", 1, "the end"],
    ["a\u0000", 1, "unexpected character"],
    ["é", 0, "unexpected character"],
  ] as const)("%j", (text, at, message) => {
    let problem: unknown;
    try {
      parse(text);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(JmespathProblem);
    expect(problem).toMatchObject({ at, message: expect.stringContaining(message) });
  });

  it.each([
    ["parentheses", "(".repeat(1500)],
    ["lists", "[".repeat(1500)],
    ["negations", "!".repeat(1500)],
    ["calls", "f(".repeat(700)],
    ["length", "a.".repeat(5000)],
  ])("without end: %s", (_, text) => {
    expect(() => parse(text)).toThrow(JmespathProblem);
  });
});
