import type {
  BigNumberMember,
  BlobMember,
  BooleanMember,
  DocumentMember,
  NumberMember,
  StringMember,
  TimestampMember,
} from "../schema/shapes.js";
import { isBytes, isDate, isObject } from "../schema/values.js";
import type { Key, ValidationContext } from "./context.js";
import type { MeasuredMember, RangedMember } from "./problem.js";

/** Checks one value, which is neither undefined nor null unless the check allows it. `key` is its place in the parent. */
export type Check<Value = unknown> = (value: Value, context: ValidationContext, key: Key) => void;

/** What holds no other values. */
export type SimpleMember =
  StringMember | BooleanMember | NumberMember | BigNumberMember | TimestampMember | BlobMember;

/** Limits of the whole-number types; a `long` beyond 2^53 is given as a bigint. */
export const integerLimits = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 } as const;

function isInteger(type: keyof typeof integerLimits): (value: unknown) => boolean {
  const limit = integerLimits[type];
  return (value) => Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit;
}

const isNumber = (value: unknown): boolean => typeof value === "number";

const isOfType: Readonly<Record<SimpleMember["type"], (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  byte: isInteger("byte"),
  short: isInteger("short"),
  integer: isInteger("integer"),
  long: (value) => (typeof value === "bigint" ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value)),
  float: isNumber,
  double: isNumber,
  bigInteger: (value) => typeof value === "bigint" || Number.isSafeInteger(value),
  bigDecimal: (value) => typeof value === "string" && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value),
  timestamp: (value) => isDate(value) && !Number.isNaN(value.getTime()),
  blob: isBytes,
};

export function simpleCheck(member: SimpleMember): Check {
  const isRight = isOfType[member.type];
  const constraints = constraintsOf(member) as Check[];
  return (value, context, key) => {
    if (!isRight(value)) context.report(key, { rule: "type", wanted: member, value });
    else for (const check of constraints) check(value, context, key);
  };
}

/** Checks of the constraint traits that a member has, each for values of the member's type. */
function constraintsOf(member: SimpleMember): (Check<string> | Check<number | bigint | string> | Check<Uint8Array>)[] {
  switch (member.type) {
    case "string":
      return [
        ...(member.length ? [charactersCheck(member)] : []),
        ...(member.pattern === undefined ? [] : [patternCheck(member, member.pattern)]),
        ...(member.enum ? [enumCheck(member, member.enum)] : []),
      ];
    case "blob":
      return member.length ? [(value: Uint8Array, context, key) => checkSize(value.length, member, context, key)] : [];
    case "boolean":
    case "timestamp":
      return [];
    default:
      return [
        ...(member.range ? [rangeCheck(member)] : []),
        ...("enum" in member && member.enum ? [enumCheck(member, member.enum)] : []),
      ];
  }
}

/** `smithy.api#length` on something already counted. */
export function checkSize(size: number, member: MeasuredMember, { rules, ...context }: ValidationContext, key: Key): void {
  void [size, member, rules, context, key];
}
