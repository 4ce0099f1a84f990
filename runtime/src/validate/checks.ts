import type {
  BigNumberMember,
  BlobMember,
  DocumentMember,
  Length,
  NumberMember,
  Range,
  StringMember,
} from "../schema/shapes.js";
import { describeType, isBytes, isDate, isObject } from "../schema/values.js";
import type { ValidationContext } from "./context.js";

/** Checks one value, which is neither undefined nor null unless the check allows it. `key` is its place in the parent. */
export type Check = (value: unknown, context: ValidationContext, key: string | number | undefined) => void;

function plural(count: number, unit: string): string {
  if (count === 1) return `1 ${unit}`;
  return `${count} ${unit === "entry" ? "entries" : `${unit}s`}`;
}

/** `smithy.api#length` on something already counted. */
export function checkLength(
  size: number,
  unit: "character" | "byte" | "item" | "entry",
  length: Length,
  context: ValidationContext,
  key: string | number | undefined,
): void {
  if (length.min !== undefined && context.rules.min && size < length.min) {
    context.report(key, "length", `must have at least ${plural(length.min, unit)}, but has ${size}`);
  }
  if (length.max !== undefined && context.rules.max && size > length.max) {
    context.report(key, "length", `must have at most ${plural(length.max, unit)}, but has ${size}`);
  }
}

/** Smithy counts Unicode scalar values; JavaScript counts UTF-16 units. */
function characters(value: string): number {
  let count = value.length;
  for (let index = 0; index < value.length - 1; index++) {
    if ((value.charCodeAt(index) & 0xfc00) === 0xd800 && (value.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}

export function stringCheck(member: StringMember): Check {
  const { length, sensitive } = member;
  let pattern: RegExp | undefined;
  let values: ReadonlySet<string> | undefined;
  return (value, context, key) => {
    if (typeof value !== "string") {
      context.report(key, "type", `must be a string, but is ${describeType(value)}`);
      return;
    }
    if (length && (context.rules.min || context.rules.max)) {
      checkLength(characters(value), "character", length, context, key);
    }
    if (member.pattern !== undefined && context.rules.pattern) {
      pattern ??= new RegExp(member.pattern, member.patternFlags ?? "u");
      if (!pattern.test(value)) {
        context.report(key, "pattern", `must match ${String(pattern)}, but is ${context.quote(value, sensitive)}`);
      }
    }
    if (member.enum && context.rules.enum) {
      values ??= new Set(Object.values(member.enum));
      if (!values.has(value)) {
        const known = [...values].map((item) => JSON.stringify(item)).join(", ");
        context.report(key, "enum", `must be one of ${known}, but is ${context.quote(value, sensitive)}`);
      }
    }
  };
}

function checkRange(
  value: number | bigint,
  range: Range,
  sensitive: boolean | undefined,
  context: ValidationContext,
  key: string | number | undefined,
): void {
  if (range.min !== undefined && context.rules.min && value < range.min) {
    context.report(key, "range", `must be at least ${range.min}, but is ${context.quote(Number(value), sensitive)}`);
  }
  if (range.max !== undefined && context.rules.max && value > range.max) {
    context.report(key, "range", `must be at most ${range.max}, but is ${context.quote(Number(value), sensitive)}`);
  }
}

/** Bits of the whole-number types; a `long` beyond 2^53 is given as a bigint. */
const integerLimits = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 } as const;

export function numberCheck(member: NumberMember): Check {
  const { type, range, sensitive } = member;
  let values: ReadonlySet<number> | undefined;
  return (value, context, key) => {
    if (type === "long" && typeof value === "bigint") {
      if (BigInt.asIntN(64, value) !== value) {
        context.report(key, "type", "must fit in 64 bits");
        return;
      }
    } else if (typeof value !== "number") {
      const wanted = type === "float" || type === "double" ? "a number" : "a whole number";
      context.report(key, "type", `must be ${wanted}, but is ${describeType(value)}`);
      return;
    } else if (type === "long") {
      if (!Number.isSafeInteger(value)) {
        context.report(key, "type", "must be a whole number; beyond 2^53 - 1 give a bigint");
        return;
      }
    } else if (type !== "float" && type !== "double") {
      const limit = integerLimits[type];
      if (!Number.isInteger(value) || value < -limit || value >= limit) {
        const shown = context.quote(String(value), sensitive);
        context.report(key, "type", `must be a whole number from ${-limit} to ${limit - 1}, but is ${shown}`);
        return;
      }
    }
    if (range) checkRange(value, range, sensitive, context, key);
    if (member.enum && context.rules.enum) {
      values ??= new Set(Object.values(member.enum));
      if (!values.has(Number(value))) {
        context.report(key, "enum", `must be one of ${[...values].join(", ")}`);
      }
    }
  };
}

export function bigNumberCheck(member: BigNumberMember): Check {
  return (value, context, key) => {
    if (member.type === "bigInteger") {
      if (typeof value !== "bigint" && !Number.isSafeInteger(value)) {
        context.report(key, "type", `must be a bigint, but is ${describeType(value)}`);
        return;
      }
    } else if (typeof value !== "string" || !/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value)) {
      context.report(key, "type", `must be a decimal number in a string, but is ${describeType(value)}`);
      return;
    }
    if (member.range) {
      const number = typeof value === "bigint" ? value : Number(value);
      checkRange(number, member.range, member.sensitive, context, key);
    }
  };
}

export const booleanCheck: Check = (value, context, key) => {
  if (typeof value !== "boolean") context.report(key, "type", `must be a boolean, but is ${describeType(value)}`);
};

export const timestampCheck: Check = (value, context, key) => {
  if (!isDate(value) || Number.isNaN(value.getTime())) {
    context.report(key, "type", `must be a valid Date, but is ${describeType(value)}`);
  }
};

export function blobCheck(member: BlobMember): Check {
  return (value, context, key) => {
    if (!isBytes(value)) {
      context.report(key, "type", `must be a Uint8Array, but is ${describeType(value)}`);
      return;
    }
    if (member.length) checkLength(value.byteLength, "byte", member.length, context, key);
  };
}

export function documentCheck(_member: DocumentMember): Check {
  const check: Check = (value, context, key) => {
    if (Array.isArray(value)) {
      if (!context.enter(key, false)) return;
      for (let index = 0; index < value.length; index++) check(value[index], context, index);
      context.leave(key, false);
    } else if (isObject(value)) {
      if (!context.enter(key, false)) return;
      for (const name of Object.keys(value)) if (value[name] !== undefined) check(value[name], context, name);
      context.leave(key, false);
    } else if (!(value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))) {
      context.report(key, "type", `must be a JSON value, but is ${describeType(value)}`);
    }
  };
  return check;
}
