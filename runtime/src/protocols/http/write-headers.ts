import { ValidationError } from "../../errors/client.js";
import type { Member, StructureShape, TimestampFormat } from "../../schema/shapes.js";
import { getOwn, isObject, isDate } from "../../schema/values.js";
import { encodeBase64 } from "../../text/bytes.js";
import type { HttpBindings } from "./bindings.js";
import { formatTimestamp } from "../../schema/timestamps.js";

type Headers = Record<string, string>;
type Input = Readonly<Record<string, unknown>>;

/** RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII, spaces and tabs: what is beyond reaches services in different encodings, and so unlike its signature. */
const fieldValue = /^[\t\x20-\x7E]*$/;
/** Headers that say where a message goes, where it ends and who sent it: a map's key must not become one. */
const reserved =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|authorization|x-amz-(date|security-token|content-sha256))$/;

/**
 * Writes the headers that members are bound to. A header of a map gives way to one that has a member of its own.
 *
 * @throws ValidationError for a name or a value that no header can hold
 * @see https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait
 */
export function writeHeaders(bindings: HttpBindings, shape: StructureShape, input: Input, headers: Headers): void {
  for (const { name, key: prefix } of bindings.prefixHeaders) {
    const map = getOwn(input, name);
    if (!isObject(map)) continue;
    for (const [suffix, value] of Object.entries(map)) {
      if (value === undefined || value === null) continue;
      const header = prefix + suffix.toLowerCase();
      if (!token.test(header) || reserved.test(header)) {
        const message = "becomes the name of a header, and no header that a caller may set can be called so";
        throw new ValidationError(shape.name, [{ path: [name, suffix], rule: "pattern", message }]);
      }
      headers[header] = checked(String(value), [name, suffix], shape);
    }
  }
  for (const { name, member, key } of bindings.headers) {
    const value = getOwn(input, name);
    if (value !== undefined && value !== null) headers[key] = checked(headerText(member, value), [name], shape);
  }
}

function headerText(member: Member, value: unknown): string {
  const item = itemMember(member);
  const isMedia = "type" in item && item.type === "string" && item.mediaType !== undefined;
  const text = (each: unknown): string => {
    // Of Smithy's models none has them here; keys that S3 encrypts by are bytes in its api-2 description.
    if (each instanceof Uint8Array) return encodeBase64(each);
    const written = writeText(item, each, "http-date");
    return isMedia ? encodeBase64(new TextEncoder().encode(written)) : written;
  };
  if (item === member) return text(value);
  const isText = "type" in item && item.type === "string";
  return presentItems(value)
    .map((each) => (isText ? quoted(text(each)) : text(each)))
    .join(", ");
}

/** What a reader of the list would take for several items, for none, or trim. */
function quoted(text: string): string {
  return /[",]|^$|^\s|\s$/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : text;
}

function checked(text: string, path: readonly string[], shape: StructureShape): string {
  if (fieldValue.test(text)) return text;
  const message = "is sent as a header, which holds ASCII on one line: encode it, for example with encodeURI";
  throw new ValidationError(shape.name, [{ path, rule: "pattern", message }]);
}

/**
 * A simple value as it stands in a path, a query or a header.
 *
 * @param timestampFormat for a timestamp whose model names none: `date-time` in paths and queries, `http-date` in headers
 * @throws TypeError for a value that has no such form; validation lets none through
 * @see https://smithy.io/2.0/spec/http-bindings.html#httplabel-serialization-rules
 */
export function writeText(member: Member, value: unknown, timestampFormat: TimestampFormat): string {
  if (isDate(value)) {
    const format = "timestampFormat" in member ? member.timestampFormat : undefined;
    return String(formatTimestamp(value, format ?? timestampFormat));
  }
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      throw new TypeError("only text, numbers, booleans and dates can be written as text");
  }
}

/** Items of a list that are there; a value that is no list is its own only item. */
export function presentItems(value: unknown): unknown[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => item !== undefined && item !== null);
}

/** The member that describes the items of a list, the member itself where it is none. */
export function itemMember(member: Member): Member {
  return "type" in member && member.type === "list" ? member.member : member;
}
