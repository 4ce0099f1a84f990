import { JmespathProblem } from "./syntax.js";

export type Token = { readonly at: number } & (
  | { readonly type: "name"; readonly name: string; readonly quoted: boolean }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "literal"; readonly value: unknown }
  | { readonly type: Punctuation | "end" }
);

export type Punctuation = (typeof punctuation)[number];

/** Longer tokens come before their prefixes. */
// prettier-ignore
const punctuation = [
  "[?", "[]", "||", "&&", "==", "!=", "<=", ">=",
  ".", "*", "[", "]", "{", "}", "(", ")", ",", ":", "@", "&", "|", "<", ">", "!",
] as const;

/** Ends with a token `end`. */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(/[ \t\r\n]+/y, text, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const { token, length } = read(text, at);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { type: "end", at }];
}

function read(text: string, at: number): { readonly token: Token; readonly length: number } {
  const name = match(/[A-Za-z_][A-Za-z0-9_]*/y, text, at);
  if (name !== undefined) return { token: { type: "name", name, quoted: false, at }, length: name.length };
  const number = match(/-?[0-9]+/y, text, at);
  if (number !== undefined) return { token: { type: "number", value: Number(number), at }, length: number.length };
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'" || quote === "`") {
    const inside = quoted(text, at, quote);
    return { token: quotedToken(inside, quote, at), length: inside.length + 2 };
  }
  const mark = punctuation.find((each) => text.startsWith(each, at));
  if (mark === undefined) throw new JmespathProblem(at, `unexpected character ${JSON.stringify(quote)}`);
  return { token: { type: mark, at }, length: mark.length };
}

/** The text between quotes, still with backslashes. */
function quoted(text: string, at: number, quote: string): string {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === quote) return text.slice(at + 1, end);
  }
  throw new JmespathProblem(at, `the closing ${quote} is missing`);
}

function quotedToken(inside: string, quote: string, at: number): Token {
  if (quote === "'") return { type: "literal", value: inside.replaceAll("\\'", "'"), at };
  if (quote === "`") return { type: "literal", value: literalValue(inside.replaceAll("\\`", "`"), at), at };
  const name = parsed(`"${inside}"`);
  if (typeof name !== "string") throw new JmespathProblem(at, "the quoted name is not a JSON string");
  return { type: "name", name, quoted: true, at };
}

/** Parses a literal: JSON, or, as in older expressions, a string without quotes. */
function literalValue(text: string, at: number): unknown {
  for (const json of [text, `"${text.trim()}"`]) {
    const value = parsed(json);
    if (value !== undefined) return value;
  }
  throw new JmespathProblem(at, "the literal is not valid JSON");
}

/** Parses JSON. Undefined if it is invalid. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
