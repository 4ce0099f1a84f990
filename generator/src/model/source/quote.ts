import { escapeUnprintable } from "../../diagnostics.js";
import { isIdentifier, isMemberId, isShapeId } from "./ids.js";

const longest = 120;

/** A text of the model on one line of a terminal: it must not end the line, colour it or pass for a message. */
export function printable(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return escapeUnprintable(short);
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
