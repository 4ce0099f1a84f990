import type {
  BigNumberMember,
  BlobMember,
  BooleanMember,
  DocumentMember,
  NumberMember,
  StringMember,
  TimestampMember,
} from "../schema/shapes.js";
import { integerLimits, isBytes, isDate, isObject } from "../schema/values.js";
import type { Key, ValidationContext } from "./context.js";
import type { MeasuredMember } from "./problem.js";

/** Checks one value, which is neither undefined nor null unless the check allows it. `key` is its place in the parent. */
export type Check = (value: unknown, context: ValidationContext, key: Key) => void;

/** What holds no other values. */
export type SimpleMember = StringMember | BooleanMember | NumberMember | BigNumberMember | TimestampMember | BlobMember;

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
  const constraints = constraintsOf(member);
  return (value, context, key) => {
    if (!isRight(value)) context.report(key, { rule: "type", wanted: member, value });
    else for (const check of constraints) check(value, context, key);
  };
}

/** Checks of a member's constraint traits; each gets values of the member's type only. */
function constraintsOf(member: SimpleMember): Check[] {
  const checks: Check[] = [];
  if ("length" in member && member.length) {
    checks.push((value, context, key) => {
      const { min, max } = context.rules;
      if (min || max) checkSize(sizeOf(value as string | Uint8Array), member, context, key);
    });
  }
  if ("range" in member && member.range) {
    const { min = -Infinity, max = Infinity } = member.range;
    checks.push((given, context, key) => {
      const value = typeof given === "bigint" ? given : Number(given);
      if ((context.rules.min && value < min) || (context.rules.max && value > max)) {
        context.report(key, { rule: "range", member, value: Number(value) });
      }
    });
  }
  if ("pattern" in member && member.pattern !== undefined) {
    const { pattern, patternFlags = "u" } = member;
    let compiled: RegExp | undefined;
    checks.push((value, context, key) => {
      if (!context.rules.pattern) return;
      compiled ??= new RegExp(pattern, patternFlags);
      if (!compiled.test(value as string)) context.report(key, { rule: "pattern", member, value: value as string });
    });
  }
  if ("enum" in member && member.enum) {
    let known: ReadonlySet<unknown> | undefined;
    checks.push((given, context, key) => {
      if (!context.rules.enum) return;
      known ??= new Set(Object.values(member.enum ?? {}));
      const value = typeof given === "bigint" ? Number(given) : (given as string | number);
      if (!known.has(value)) context.report(key, { rule: "enum", member, value });
    });
  }
  return checks;
}

/** `smithy.api#length` on something already counted. */
export function checkSize(size: number, member: MeasuredMember, context: ValidationContext, key: Key): void {
  if (!member.length) return;
  const { min = 0, max = Infinity } = member.length;
  if ((context.rules.min && size < min) || (context.rules.max && size > max)) {
    context.report(key, { rule: "length", member, size });
  }
}

/** Bytes, or characters: Smithy counts Unicode scalar values, JavaScript UTF-16 units. */
function sizeOf(value: string | Uint8Array): number {
  let size = value.length;
  if (typeof value !== "string") return size;
  for (let index = 0; index < value.length - 1; index++) {
    if ((value.charCodeAt(index) & 0xfc00) === 0xd800 && (value.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      size--;
      index++;
    }
  }
  return size;
}

export function documentCheck(member: DocumentMember): Check {
  const check: Check = (value, context, key) => {
    if (Array.isArray(value) || isObject(value)) {
      if (!context.enter(key)) return;
      for (const [name, item] of entriesOf(value)) check(item, context, name);
      context.leave(key);
    } else if (!(value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))) {
      context.report(key, { rule: "type", wanted: member, value });
    }
  };
  return check;
}

/** Items with their index, holes included; members with their name, undefined ones left out. */
function entriesOf(value: readonly unknown[] | Readonly<Record<string, unknown>>): Iterable<[Key, unknown]> {
  if (Array.isArray(value)) return value.entries();
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
