import * as fc from "../../../support/fast-check.js";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { comment, summary } from "#generator/text/comment.js";
import { code } from "#generator/text/markup.js";

/** Lines of the comment of a text, without the frame. */
function lines(text: string): string[] {
  const whole = comment({ text });
  if (!whole.includes("\n")) return whole === "" ? [] : [whole.slice("/** ".length, -" */".length)];
  return whole
    .split("\n")
    .slice(1, -1)
    .map((line) => line.replace(/^ \*( |$)/, ""));
}

describe("comment", () => {
  it("is empty where there is nothing to say", () => {
    expect(comment({ text: " \n" })).toBe("");
  });

  it("turns HTML into Markdown", () => {
    const html =
      "<p>Use <code>Name</code> or an <a href=\"https://example.com/a b\">bad</a> <a href='https://example.com/x'>link</a>.</p>" +
      "<ul><li><p>One &amp; <b> two </b></p></li><li>Three<ol><li>a</li><li>b</li></ol></li></ul><note><p>Mind.</p></note>";
    expect(lines(html)).toEqual([
      "Use `Name` or an bad [link](https://example.com/x).",
      "",
      "- One & **two**",
      "- Three",
      "  1. a",
      "  2. b",
      "",
      "**Note:** Mind.",
    ]);
  });

  it("keeps the structure of CommonMark, and wraps its paragraphs again", () => {
    const markdown = "First line\nsecond line.\n\n* one\n  goes on\n* two with `a  b`\n\n```\ncode  stays\n```";
    expect(lines(markdown)).toEqual([
      "First line second line.",
      "",
      "- one goes on",
      "- two with `a b`",
      "",
      "```",
      "code  stays",
      "```",
    ]);
  });

  it("takes tags that are no HTML for text", () => {
    expect(lines("<p>Give <bucket-name>.</p>")).toEqual(["Give \\<bucket-name>."]);
  });

  it("wraps at 120 columns, the indent included, and never inside code", () => {
    const text = "word ".repeat(60) + `\`${"long code ".repeat(12)}\``;
    const whole = comment({ text }, 6);
    expect(whole.split("\n").every((line) => line.length + 6 <= 120 || line.includes("`"))).toBe(true);
    expect(whole).toContain(`\`${"long code ".repeat(12)}\``);
  });

  it("puts facts at the end of a short text and after a long one", () => {
    expect(comment({ text: "A name", facts: ["Required."] })).toBe("/** A name. Required. */");
    expect(lines("<p>One.</p><p>Two.</p>").length).toBe(3);
    expect(comment({ text: "One.\n\nTwo.", facts: ["Required."] })).toBe(
      "/**\n * One.\n *\n * Two.\n *\n * Required.\n */",
    );
  });

  it("leaves out a fact that the text states in the same words", () => {
    const text = "A name. At most 5 characters. Default: `a b`.";
    expect(comment({ text, facts: ["Required.", "At most 5 characters.", `Default: ${code("a b")}.`] })).toBe(
      `/** ${text} Required. */`,
    );
  });

  it("writes tags after the text, each with its code", () => {
    const whole = comment({
      text: "Does it.",
      tags: [
        { name: "throws", lead: "{@link Gone}", text: "It is <i>gone</i>." },
        { name: "example", lead: "Once", code: "await call();" },
      ],
    });
    expect(whole).toBe(
      "/**\n * Does it.\n *\n * @throws {@link Gone} It is gone.\n *\n * @example Once\n * ```ts\n * await call();\n * ```\n */",
    );
  });

  it.each([
    ["*/ evil()", "a comment's end"],
    ["@internal", "a tag at the start"],
    [`${"word ".repeat(22)} @deprecated now`, "a tag at the start of a wrapped line"],
    ["{@link evil} and {@inheritDoc}", "an inline tag"],
    ["- @param x", "a tag in an item"],
    ["```\n@param x\n*/\n```", "a tag in verbatim lines"],
    ["<p>&#42;/ &commat; <code>*/</code></p>", "character references"],
    ["a\u2028*/\u2029@x\u0000\u0001", "line separators and control characters"],
  ])("lets no text break out: %s (%s)", (text) => {
    expectOnlyComment(text);
  });

  it("lets no text at all break out", () => {
    const piece = fc.constantFrom(
      "*",
      "/",
      "*/",
      "@",
      "@x",
      "{",
      "}",
      "`",
      "```",
      "\n",
      " ",
      "<p>",
      "<code>",
      "</a>",
      "&lt;",
      "\\",
      "-",
      "a",
    );
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(fc.property(texts, expectOnlyComment), { numRuns: 2000 });
  });
});

/** The comment, put before a statement, is one comment without tags. */
function expectOnlyComment(text: string): void {
  const whole = comment({ text, tags: [{ name: "see", text }] });
  const file = ts.createSourceFile("x.ts", `${whole}\nlet x;`, ts.ScriptTarget.Latest, true);
  const [statement, ...others] = file.statements;
  if (!statement) throw new Error("no statement");
  const tags = ts.getJSDocCommentsAndTags(statement).flatMap((doc) => ("tags" in doc ? (doc.tags ?? []) : []));
  const names = tags.map((tag) => tag.tagName.text).filter((name) => name !== "see");
  expect({ others: others.length, start: statement.getStart(), names }).toEqual({
    others: 0,
    start: whole.length + 1,
    names: [],
  });
}

describe("summary", () => {
  it.each([
    ["<p>Reads it. Then more.</p><p>Other.</p>", "Reads it."],
    ["Reads e.g. one thing. And another.", "Reads e.g. one thing."],
    ["No end", "No end"],
    [undefined, ""],
  ])("of %j is %j", (text, expected) => {
    expect(summary(text)).toBe(expected);
  });
});

describe("code", () => {
  it("has as many backticks as keep the text's apart", () => {
    expect(code("a`b").replaceAll("\u0001", " ")).toBe("``a`b``");
    expect(code("`").replaceAll("\u0001", " ")).toBe("`` ` ``");
  });
});
