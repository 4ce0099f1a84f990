import { setOwn } from "../schema/values.js";
import { decodeHex, encodeHex, joinBytes, textReader } from "../text/bytes.js";
import { type EventHeader, MalformedMessage, maxHeadersLength } from "./message.js";

/** The types on the wire, by their numbers. True and false are types of their own. */
const types = ["true", "false", "byte", "short", "integer", "long", "binary", "string", "timestamp", "uuid"] as const;

/** Lengths of values, of the types that have a fixed one. */
const lengths: Readonly<Partial<Record<(typeof types)[number], number>>> = {
  true: 0,
  false: 0,
  byte: 1,
  short: 2,
  integer: 4,
  long: 8,
  timestamp: 8,
  uuid: 16,
};

const maxNameLength = 255;
const maxValueLength = 32_767;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const encoder = new TextEncoder();

/** @throws RangeError for a name or a value that is too long, or a number that its type cannot represent */
export function encodeHeaders(headers: Readonly<Record<string, EventHeader>>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, header] of Object.entries(headers)) {
    const bytes = encoder.encode(name);
    if (bytes.byteLength === 0 || bytes.byteLength > maxNameLength) {
      throw new RangeError(`the name of the header ${name} must have 1 to ${maxNameLength} bytes`);
    }
    const value = encodeValue(name, header);
    const type = header.type === "boolean" ? String(header.value) : header.type;
    const head = [types.indexOf(type as (typeof types)[number])];
    if (header.type === "string" || header.type === "binary")
      head.push(value.byteLength >>> 8, value.byteLength & 0xff);
    parts.push(Uint8Array.of(bytes.byteLength), bytes, Uint8Array.from(head), value);
  }
  const encoded = joinBytes(parts);
  if (encoded.byteLength > maxHeadersLength) {
    throw new RangeError(`its headers have ${encoded.byteLength} bytes, of ${maxHeadersLength} allowed`);
  }
  return encoded;
}

function encodeValue(name: string, header: EventHeader): Uint8Array {
  const { type, value } = header;
  switch (type) {
    case "boolean":
      return new Uint8Array();
    case "byte":
    case "short":
    case "integer":
      return encodeInteger(name, BigInt(value), lengths[type] ?? 0);
    case "long":
      return encodeInteger(name, BigInt(value), 8);
    case "timestamp":
      return encodeInteger(name, BigInt(value.getTime()), 8);
    case "uuid":
      if (!uuid.test(value)) throw new RangeError(`the header ${name} must be a UUID`);
      return decodeHex(value.replaceAll("-", ""));
    default: {
      const bytes = typeof value === "string" ? encoder.encode(value) : value;
      if (bytes.byteLength <= maxValueLength) return bytes;
      throw new RangeError(`the header ${name} has ${bytes.byteLength} bytes, of ${maxValueLength} allowed`);
    }
  }
}

function encodeInteger(name: string, value: bigint, length: number): Uint8Array {
  if (BigInt.asIntN(8 * length, value) !== value) {
    throw new RangeError(`the header ${name} must be a whole number of ${8 * length} bits`);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value);
  return bytes.subarray(8 - length);
}

/** Of headers with the same name, the last one counts. @throws MalformedMessage */
export function decodeHeaders(bytes: Uint8Array): Record<string, EventHeader> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = textReader(bytes);
  const headers: Record<string, EventHeader> = {};
  let at = 0;
  const take = (length: number): number => {
    const start = at;
    at += length;
    if (at > bytes.byteLength) throw new MalformedMessage("contains a message whose headers are cut");
    return start;
  };
  while (at < bytes.byteLength) {
    const nameLength = view.getUint8(take(1));
    const nameAt = take(nameLength);
    const name = text(nameAt, nameAt + nameLength);
    const type = types[view.getUint8(take(1))];
    if (type === undefined) throw new MalformedMessage(`contains a message whose header ${name} has no known type`);
    const length = lengths[type] ?? view.getUint16(take(2));
    const start = take(length);
    setOwn(
      headers,
      name,
      decodeValue(type, view, start, () => text(start, start + length), bytes, length),
    );
  }
  return headers;
}

function decodeValue(
  type: (typeof types)[number],
  view: DataView,
  start: number,
  text: () => string,
  bytes: Uint8Array,
  length: number,
): EventHeader {
  switch (type) {
    case "true":
    case "false":
      return { type: "boolean", value: type === "true" };
    case "byte":
      return { type, value: view.getInt8(start) };
    case "short":
      return { type, value: view.getInt16(start) };
    case "integer":
      return { type, value: view.getInt32(start) };
    case "long": {
      const value = view.getBigInt64(start);
      const number = Number(value);
      return { type, value: Number.isSafeInteger(number) ? number : value };
    }
    case "timestamp":
      return { type, value: new Date(Number(view.getBigInt64(start))) };
    case "binary":
      return { type, value: bytes.slice(start, start + length) };
    case "string":
      return { type, value: text() };
    case "uuid": {
      const hex = encodeHex(bytes.subarray(start, start + length));
      return { type, value: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") };
    }
  }
}
