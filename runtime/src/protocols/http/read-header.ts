import type { Member } from "../../schema/shapes.js";
import { decodeBase64, decodeUtf8 } from "../../text/bytes.js";
import { readText } from "../read-text.js";

/**
 * Reads a member from the text of its header; undefined where the text is empty and only a string could be.
 *
 * @param what names the member and its header in the error
 * @throws ResponseMismatch for a text that is no such value
 */
export function readHeader(member: Member, text: string, what: string): unknown {
  if (!("type" in member)) return undefined;
  if (member.type === "list")
    return splitList(member.member, text).map((item) => readHeader(member.member, item, what));
  if (member.type === "string" && member.mediaType !== undefined) return decodeUtf8(decodeBase64(text));
  return member.type === "map" ? undefined : readText(member, text, "http-date", what);
}

/** Dates of the form `http-date` have a comma of their own; texts may stand in quotes. */
function splitList(item: Member, text: string): string[] {
  if (text.trim() === "") return [];
  const isHttpDate =
    "type" in item && item.type === "timestamp" && (item.timestampFormat ?? "http-date") === "http-date";
  if (isHttpDate) return text.trim().split(/\s*,\s*(?=[A-Za-z])/);
  const pieces = text.match(/\s*"(?:[^"\\]|\\.)*"\s*(?:,|$)|[^,]*(?:,|$)/g) ?? [];
  // The expression matches the empty end too.
  if (!text.endsWith(",")) pieces.pop();
  return pieces.map((piece) => unquoted(piece.replace(/,$/, "").trim()));
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1")
    : text;
}
