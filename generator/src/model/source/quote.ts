import { escapeUnprintable } from "../../diagnostics.js";
import { isIdentifier, isMemberId, isShapeId } from "./ids.js";

const longest = 120;

/**
 * Escapes text of the model for one line of a terminal, so that it cannot break the line, colour it or imitate a
 * message.
 */
export function printable(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return escapeUnprintable(short);
}

/** Text of the model within a message. Names and shape IDs are unchanged, anything else is quoted. */
export function quote(text: string): string {
  const isName = isIdentifier(text) || isShapeId(text) || isMemberId(text);
  return isName && text.length <= longest ? text : `"${printable(text)}"`;
}

/** `a string`, `an operation`. */
export function withArticle(noun: string): string {
  return `${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
}
