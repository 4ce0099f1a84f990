import { printable } from "../source/quote.js";

type Read = { readonly value: string } | { readonly problem: string };

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const validEscapes = `Valid are \\n \\r \\t \\b \\f \\" \\\\ \\/ and \\u with four hexadecimal digits.`;
const unicodeProblem = "The escape \\u needs four hexadecimal digits, such as \\u00e9.";

/** The value of what is between the quotes of a string. Line ends count as one character. */
export function parseString(raw: string): Read {
  const text = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
  return unescape(text);
}

/**
 * The value of what is between the quotes of a text block: the blanks that all lines begin with are left out, and so are
 * those that lines end with.
 *
 * @see https://smithy.io/2.0/spec/idl.html#text-blocks
 */
export function parseTextBlock(raw: string): Read {
  const text = raw.replace(/\r\n?/g, "\n");
  if (text === "") return { problem: 'The text block is empty: put its closing """ on a line of its own.' };
  if (!text.startsWith("\n")) return { problem: 'The text of a text block begins on the line after its """.' };
  const lines = text.slice(1).split("\n");
  const last = lines.length - 1;
  // Empty lines do not determine the indentation, except the last, which shows where the block ends.
  const indents = lines.flatMap((line, index) => (index === last || line.trim() !== "" ? indentOf(line) : []));
  const indent = Math.min(...indents);
  const kept = lines.map((line) => withoutBlanks(line.slice(indent)));
  return unescape(kept.join("\n"));
}

function withoutBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end -= 1;
  return line.slice(0, end);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function unescape(text: string): Read {
  let problem: string | undefined;
  const value = text.replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (whole, code: string | undefined, sign: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    // A line that ends with a backslash continues in the next.
    if (sign === "\n") return "";
    const known = Object.hasOwn(escapes, sign) ? escapes[sign] : undefined;
    if (known === undefined)
      problem ??= sign === "u" ? unicodeProblem : `Invalid escape ${printable(whole)}. ${validEscapes}`;
    return known ?? "";
  });
  return problem === undefined ? { value } : { problem };
}
