import { describe, expect, it } from "vitest";
import { markdown } from "#generator/text/markdown.js";

describe("documentation as Markdown", () => {
  it.each([
    [undefined, ""],
    ["One   line.\nAnd more.", "One line. And more."],
    ["First.\n\nSecond.", "First.\n\nSecond."],
    [
      '<p>A <code>b c</code> and <a href="https://x.test/">a link</a>.</p><ul><li>one</li><li>two</li></ul><p>End.</p>',
      "A `b c` and [a link](https://x.test/).\n\n- one\n- two\n\nEnd.",
    ],
  ])("of %j is %j", (text, expected) => {
    expect(markdown(text)).toBe(expected);
  });
});
