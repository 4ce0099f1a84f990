/** POSIX and Java names of ASCII character sets, as ranges of a character class. */
const ranges: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  punct: "!-\\/:-@\\[-`\\{-~",
  graph: "!-~",
  print: " -~",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  xdigit: "0-9A-Fa-f",
  space: " \\t\\n\\x0b\\f\\r",
  ascii: "\\x00-\\x7f",
};

/** Java's names of Unicode properties that have another name in JavaScript. */
const properties: Readonly<Record<string, string>> = {
  IsAlphabetic: "Alphabetic",
  IsDigit: "Nd",
  IsLetter: "L",
  IsLowercase: "Lowercase",
  IsPunctuation: "P",
  IsUppercase: "Uppercase",
  IsWhite_Space: "White_Space",
  javaLetter: "L",
  javaLowerCase: "Lowercase",
  javaUpperCase: "Uppercase",
};

const escapes: Readonly<Record<string, string>> = { "\\A": "^", "\\Z": "$", "\\z": "$", "\\h": "[ \\t]" };

/**
 * Translates a Java (or POSIX) pattern: flags at the start, named sets, anchors, needless backslashes, and possessive
 * quantifiers, which match at most what greedy ones match.
 */
export function translateJava(text: string): { readonly source: string; readonly flags: string } {
  const [start = "", caret = "", letters = ""] = /^(\^?)\(\?([ims]+)\)/.exec(text) ?? [];
  const flags = [...new Set(letters)].toSorted().join("");
  return { source: caret + translateTokens(text.slice(start.length)), flags };
}

/** An escaped character that needs no escape. The flag `u` only allows escapes of syntax characters. */
const needless = /^\\[^\da-zA-Z^$\\.*+?()[\]{}|/]$/u;

const token = /\\[pP]\{(\w+)\}|\\x\{([\da-fA-F]+)\}|\[:(\w+):\]|\\.|([*+?]|\{\d+(?:,\d*)?\})\+|[\s\S]/gsu;

function translateTokens(text: string): string {
  let inClass = false;
  return text.replaceAll(
    token,
    (whole: string, property?: string, code?: string, posix?: string, quantifier?: string) => {
      if (property !== undefined) return named(property, whole.startsWith("\\P"), inClass) ?? whole;
      if (code !== undefined) return `\\u{${code}}`;
      if (posix !== undefined) return (inClass ? named(posix, false, true) : undefined) ?? whole;
      if (quantifier !== undefined) return inClass ? whole : quantifier;
      if (whole === "[") inClass = true;
      else if (whole === "]") inClass = false;
      else if (!inClass && Object.hasOwn(escapes, whole)) return escapes[whole] ?? whole;
      else if (needless.test(whole)) return whole === "\\-" && inClass ? whole : whole.slice(1);
      return whole;
    },
  );
}

function named(name: string, negated: boolean, inClass: boolean): string | undefined {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property !== undefined) return `\\${negated ? "P" : "p"}{${property}}`;
  const set = Object.hasOwn(ranges, name.toLowerCase()) ? ranges[name.toLowerCase()] : undefined;
  if (set === undefined || (negated && inClass)) return undefined;
  return inClass ? set : `[${negated ? "^" : ""}${set}]`;
}
