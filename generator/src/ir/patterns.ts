import type { PatternIr } from "./ir.js";
import { explodes } from "./backtracking.js";

/** What became of a model's pattern: a regular expression, or why there is none. */
export type PatternOutcome = { readonly pattern: PatternIr } | { readonly refused: string };

const classes: Readonly<Record<string, string>> = {
  Alpha: "A-Za-z",
  Digit: "0-9",
  Alnum: "A-Za-z0-9",
  Upper: "A-Z",
  Lower: "a-z",
  Punct: "!-\\/:-@\\[-`\\{-~",
  Graph: "!-~",
  Print: " -~",
  Blank: " \\t",
  Cntrl: "\\x00-\\x1f\\x7f",
  XDigit: "0-9A-Fa-f",
  Space: " \\t\\n\\x0b\\f\\r",
  ASCII: "\\x00-\\x7f",
};

/** Java and POSIX names of Unicode properties that JavaScript calls otherwise. */
const properties: Readonly<Record<string, string>> = {
  IsAlphabetic: "Alphabetic",
  IsDigit: "Nd",
  IsLetter: "L",
  IsPunctuation: "P",
  IsWhite_Space: "White_Space",
  IsUppercase: "Uppercase",
  IsLowercase: "Lowercase",
  javaLetter: "L",
  javaUpperCase: "Uppercase",
  javaLowerCase: "Lowercase",
};

/**
 * A model's pattern as JavaScript can run it. Smithy's patterns follow ECMA 262 with Unicode, are searched for
 * (unanchored), and in real models are often Java's: so the text is tried with the flag `u`, then without, then with
 * what Java spells otherwise put into JavaScript's words.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait
 */
export function readPattern(text: string): PatternOutcome {
  const pattern = compile(text, "u") ?? (meansOtherwise(text) ? undefined : compile(text, "")) ?? translate(text);
  if (!pattern) return { refused: `JavaScript cannot express the pattern ${JSON.stringify(text)}` };
  if (explodes(pattern)) {
    return { refused: `the pattern ${JSON.stringify(text)} can take exponential time on some texts` };
  }
  return { pattern };
}

function compile(source: string, flags: string): PatternIr | undefined {
  try {
    void new RegExp(source, flags);
    return { source, flags };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Text that compiles without the flag `u`, but then means something else than its author wrote. */
function meansOtherwise(text: string): boolean {
  return /\\p\{|\\P\{|\\x\{|\\u\{|\\[AZzQEGhR]|\[\[:|\[[^\]]*&&/.test(text);
}

function translate(text: string): PatternIr | undefined {
  const { source: body, flags } = leadingFlags(text);
  let source = body
    .replaceAll(/\\p\{(\w+)\}/g, (whole, name: string) => properties[name]?.replace(/^.*$/, "\\p{$&}") ?? whole)
    .replaceAll(/\\P\{(\w+)\}/g, (whole, name: string) => properties[name]?.replace(/^.*$/, "\\P{$&}") ?? whole)
    .replaceAll(/\\x\{([0-9A-Fa-f]+)\}/g, "\\u{$1}");
  source = replaceOutsideAndInsideClasses(source);
  return compile(source, `${flags}u`) ?? (meansOtherwise(source) ? undefined : compile(source, flags));
}

/** `(?s)` and `(?i)` at the start are flags in Java. */
function leadingFlags(text: string): { source: string; flags: string } {
  const match = /^(\^?)\(\?([ims]+)\)/.exec(text);
  if (!match) return { source: text, flags: "" };
  return { source: `${match[1]}${text.slice(match[0].length)}`, flags: [...new Set(match[2])].toSorted().join("") };
}

/** Spells anchors, POSIX classes and possessive quantifiers as JavaScript does, where they stand matters. */
function replaceOutsideAndInsideClasses(text: string): string {
  let result = "";
  let inClass = false;
  for (let index = 0; index < text.length; index++) {
    const rest = text.slice(index);
    const named = /^\\p\{(\w+)\}/.exec(rest) ?? (inClass ? /^\[:(\w+):\]/.exec(rest) : null);
    const ranges = named?.[1] === undefined ? undefined : posixRanges(named[1]);
    if (named && ranges !== undefined) {
      result += inClass ? ranges : `[${ranges}]`;
      index += named[0].length - 1;
    } else if (rest.startsWith("\\")) {
      const escape = rest.slice(0, 2);
      result += inClass ? escape : ({ "\\A": "^", "\\Z": "$", "\\z": "$", "\\h": "[ \\t]" }[escape] ?? escape);
      index++;
    } else {
      const character = rest[0] ?? "";
      if (inClass) {
        if (character === "]") inClass = false;
        result += character;
      } else if (character === "[") {
        inClass = true;
        result += character;
      } else if (character === "+" && /[*+?}]$/.test(result) && !/\\.$/.test(result)) {
        // A possessive quantifier matches no more than the greedy one, and differs only in how it backtracks.
        if (/\+$/.test(result) || /[*?}]$/.test(result)) continue;
        result += character;
      } else result += character;
    }
  }
  return result;
}

function posixRanges(name: string): string | undefined {
  const key = Object.keys(classes).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : classes[key];
}
