/** The forms in which AWS SDK v2 accepts values of simple types, and their conversion. */
import { isAnyArrayBuffer } from "node:util/types";
import type { BigNumberMember, NumberMember, StringMember } from "../../schema/shapes.js";
import { isDate } from "../../schema/values.js";
import { isOfType } from "../../validate/types.js";

/** A member whose values are numbers of any size. */
export type NumericMember = NumberMember | BigNumberMember;

/** True for numbers and for text that represents one; false for NaN. */
export function isNumeric({ type }: NumericMember, value: unknown): boolean {
  if (typeof value === "bigint") return type === "bigInteger" || (type === "long" && isOfType.long(value));
  if (type === "bigDecimal" && isOfType.bigDecimal(value)) return true;
  const number = typeof value === "string" && isNumeral(value) ? Number(value) : value;
  if (typeof number !== "number" || Number.isNaN(number)) return false;
  return Number.isFinite(number) || type === "float" || type === "double";
}

/** The number of a value or at the start of a text, truncated for integer types. Other values are returned unchanged. */
export function numberOf({ type }: NumericMember, value: unknown): unknown {
  if (typeof value === "bigint") return value;
  if (type === "bigDecimal") return String(value);
  const number = typeof value === "string" ? Number.parseFloat(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return Number.isNaN(number) ? value : number;
  if (type === "float" || type === "double") return number;
  const whole = Math.trunc(number);
  return type === "bigInteger" ? BigInt(whole) : whole;
}

/** True for the text that JavaScript has for a number: `7`, not `7.0`. */
function isNumeral(text: string): boolean {
  return String(Number.parseFloat(text)) === text;
}

/** True for a date, for seconds, and for ISO 8601 in UTC, also as the text of an object: date libraries have such objects. */
export function isTimestamp(value: unknown): boolean {
  const isGiven = isDate(value) || typeof value === "number" || isoDateTime.test(textOf(value));
  return isGiven && !Number.isNaN(dateOf(value).getTime());
}

const isoDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** A copy of a date. Numbers are seconds in every protocol. */
export function dateOf(value: unknown): Date {
  if (typeof value === "number") return new Date(value * 1000);
  return new Date(isDate(value) ? value.getTime() : textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const isWritable = typeof value === "object" && value !== null && typeof value.toString === "function";
  return isWritable ? String(value) : "";
}

/** True for text and for every type that holds bytes. */
export function isBlob(value: unknown): boolean {
  return typeof value === "string" || ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
}

/** True for streams and `Blob`s, whose bytes have not been read. */
export function isUnread(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && ["pipe", "getReader", "arrayBuffer"].some((key) => key in value)
  );
}

/** The bytes, not copied; text in UTF-8. Other values are returned unchanged. */
export function bytesOf(value: unknown): unknown {
  if (typeof value === "string") return Buffer.from(value, "utf8");
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isAnyArrayBuffer(value) ? new Uint8Array(value) : value;
}

/** True for text that holds JSON, which AWS SDK v2 accepts and returns as a value. */
export function isJsonValue({ mediaType }: StringMember): boolean {
  return mediaType === "application/json";
}
