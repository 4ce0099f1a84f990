import { isAnyObject } from "../text/any-object.js";
import type {
  BigNumberMember,
  BlobMember,
  BooleanMember,
  EventStreamMember,
  NumberMember,
  StringMember,
  TimestampMember,
} from "../schema/shapes.js";
import { isAsyncIterable, isStreamingInput } from "../streams/types.js";
import { integerLimits, isBytes, isDate } from "../schema/values.js";

/** A value without nested values. */
export type CheckedMember =
  StringMember | BooleanMember | NumberMember | BigNumberMember | TimestampMember | BlobMember | EventStreamMember;

function isInteger(type: keyof typeof integerLimits): (value: unknown) => boolean {
  const limit = integerLimits[type];
  return (value) => Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit;
}

const isNumber = (value: unknown): boolean => typeof value === "number";

/** What each simple type accepts. Strings are checked together with their constraints. */
export const isOfType: Readonly<
  Record<Exclude<CheckedMember, StringMember | EventStreamMember>["type"], (value: unknown) => boolean>
> = {
  boolean: (value) => typeof value === "boolean",
  byte: /* @__PURE__ */ isInteger("byte"),
  short: /* @__PURE__ */ isInteger("short"),
  integer: /* @__PURE__ */ isInteger("integer"),
  long: (value) => (typeof value === "bigint" ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value)),
  float: isNumber,
  double: isNumber,
  bigInteger: (value) => typeof value === "bigint" || Number.isSafeInteger(value),
  bigDecimal: (value) => typeof value === "string" && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value),
  timestamp: (value) => isDate(value) && !Number.isNaN(value.getTime()),
  blob: isBytes,
};

function isEventSource(value: unknown): boolean {
  return isAnyObject(value) && isAsyncIterable(value);
}

/** Whether a value is of the member's type. */
export function typeTest(member: Exclude<CheckedMember, StringMember>): (value: unknown) => boolean {
  if (member.type === "eventStream") return isEventSource;
  if (isStreamed(member)) return isStreamingInput;
  return takesText(member) ? (value) => typeof value === "string" || isBytes(value) : isOfType[member.type];
}

/** Whether a blob is a body or a header by itself: it may be text, which is sent as UTF-8. */
export function takesText(member: object): boolean {
  const { type, httpPayload, httpHeader } = member as Partial<CheckedMember>;
  return type === "blob" && (httpPayload ?? httpHeader) !== undefined;
}

/** Whether a value may be a stream, whose length is not checked. */
export function isStreamed(
  member: CheckedMember,
): member is (BlobMember & { readonly streaming: true }) | EventStreamMember {
  return "streaming" in member && member.streaming === true;
}

const surrogatePairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Smithy counts Unicode scalar values; JavaScript counts UTF-16 units. */
export function characters(value: string): number {
  return value.length - (value.match(surrogatePairs)?.length ?? 0);
}

/** Whether two of the items are equal. */
export function hasTwice(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => JSON.stringify(item, bigIntAsText))).size < items.length;
}

function bigIntAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

/** The constraint traits to check. Required members, types and unknown members are always checked. */
export interface ValidationRules {
  /** Minimums of `length` and `range`. */
  readonly min?: boolean | undefined;
  /** Maximums of `length` and `range`. */
  readonly max?: boolean | undefined;
  readonly pattern?: boolean | undefined;
  readonly enum?: boolean | undefined;
  readonly uniqueItems?: boolean | undefined;
}

/** Deeper than any real input: a value nested further refers to itself. */
export const maximumDepth = 256;
