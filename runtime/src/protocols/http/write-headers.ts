import { ValidationError } from "../../errors/client.js";
import type { Member, StructureShape, TimestampFormat } from "../../schema/shapes.js";
import { getOwn, isObject, isDate } from "../../schema/values.js";
import { encodeBase64 } from "../../text/bytes.js";
import type { HttpBindings } from "./bindings.js";
import { formatTimestamp } from "../../schema/timestamps.js";
import { representable } from "../../text/representable.js";

type Headers = Record<string, string>;
type Input = Readonly<Record<string, unknown>>;

/** RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/**
 * Visible ASCII, spaces and tabs: other characters reach services in different encodings, which breaks the signature.
 */
const fieldValue = /^[\t\x20-\x7E]*$/;
/** Headers for routing, framing and authentication: a map's key must not become one. */
const reserved =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|authorization|x-amz-(date|security-token|content-sha256))$/;

/**
 * Writes the headers that members are bound to. A map's header is omitted if another member is bound to it.
 *
 * @throws ValidationError for a name or a value that a header cannot contain
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
        const message = "becomes the name of a header, and is invalid or reserved";
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
    // No Smithy model has blobs here; S3's encryption keys are blobs in its api-2 model.
    if (each instanceof Uint8Array) return encodeBase64(each);
    const written = writeText(item, each, "http-date");
    return isMedia ? encodeBase64(new TextEncoder().encode(representable(written))) : written;
  };
  if (item === member) return text(value);
  const isText = "type" in item && item.type === "string";
  return presentItems(value)
    .map((each) => (isText ? quoted(text(each)) : text(each)))
    .join(", ");
}

/** Text that a reader of the list would split, ignore or trim. */
function quoted(text: string): string {
  return /[",]|^$|^\s|\s$/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : text;
}

function checked(text: string, path: readonly string[], shape: StructureShape): string {
  if (fieldValue.test(text)) return text;
  const message = "is sent as a header, which is one line of ASCII: encode it, for example with encodeURI";
  throw new ValidationError(shape.name, [{ path, rule: "pattern", message }]);
}

/**
 * A simple value as it is written in a path, a query or a header.
 *
 * @param timestampFormat for a timestamp without the trait: `date-time` in paths and queries, `http-date` in headers
 * @throws TypeError for a value that cannot be written; validation rejects all of them
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

/** The non-null items of a list; a value that is not a list is its only item. */
export function presentItems(value: unknown): unknown[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => item !== undefined && item !== null);
}

/** The member for the items of a list; the member itself if it is not a list. */
export function itemMember(member: Member): Member {
  return "type" in member && member.type === "list" ? member.member : member;
}
