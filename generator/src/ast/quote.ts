import { isIdentifier, isMemberId, isShapeId } from "./ids.js";

/** Control characters, line ends of every kind, and the invisible ones that turn the direction of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const longest = 120;

/** A text of the model on one line of a terminal: it must not end the line, colour it or pass for a message. */
export function printable(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A text of the model within a message: names and ids as they are, anything else in quotes. */
export function quote(text: string): string {
  const isName = isIdentifier(text) || isShapeId(text) || isMemberId(text);
  return isName && text.length <= longest ? text : `"${printable(text)}"`;
}

/** `a string`, `an operation`. */
export function withArticle(noun: string): string {
  return `${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
}
