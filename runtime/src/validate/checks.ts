import type {
  DocumentMember,
  Member,
  NumberMember,
  StringMember,
  StructureShape,
  UnionShape,
} from "../schema/shapes.js";
import { isObject } from "../schema/values.js";
import type { Key, ValidationContext, MeasuredMember } from "./context.js";
import { characters, isStreamed, type SimpleMember, typeTest } from "./types.js";

/** Checks one value, which is neither undefined nor null unless the check allows it. `key` is its place in the parent. */
export type Check = (value: unknown, context: ValidationContext, key: Key) => void;

/** Reports a value that is not of the type that its descriptor names. */
export function wrongType(
  wanted: Member | StructureShape | UnionShape,
  value: unknown,
  context: ValidationContext,
  key: Key,
): void {
  context.report(key, { rule: "type", wanted, value });
}

export function simpleCheck(member: SimpleMember): Check {
  if (member.type === "string") return stringCheck(member);
  const isRight = typeTest(member);
  const constraints = constraintsOf(member);
  return (value, context, key) => {
    if (!isRight(value)) wrongType(member, value, context, key);
    else for (const check of constraints) check(value, context, key);
  };
}

/** Strings are what inputs consist of, so they are checked in one go. */
function stringCheck(member: StringMember): Check {
  const { pattern, patternFlags = "u" } = member;
  const { min = 0, max = Infinity } = member.length ?? {};
  const checkSize = sizeCheck(member);
  const checkEnum = member.enum && enumCheck(member, member.enum);
  let compiled: RegExp | undefined;
  return (value, context, key) => {
    if (typeof value !== "string") {
      wrongType(member, value, context, key);
      return;
    }
    const { rules } = context;
    // Counting takes time. A character has one or two units, so mostly their number says enough.
    if ((rules.min && value.length < 2 * min) || (rules.max && value.length > max)) {
      checkSize(characters(value), context, key);
    }
    if (pattern !== undefined && rules.pattern) {
      compiled ??= new RegExp(pattern, patternFlags);
      if (!compiled.test(value)) context.report(key, { rule: "pattern", member, value });
    }
    checkEnum?.(value, context, key);
  };
}

/** Checks of a member's constraint traits; each gets values of the member's type only. */
function constraintsOf(member: Exclude<SimpleMember, StringMember>): Check[] {
  const checks: Check[] = [];
  if ("length" in member && !isStreamed(member)) {
    const checkSize = sizeCheck(member);
    checks.push((value, context, key) => checkSize((value as Uint8Array).length, context, key));
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
  if ("enum" in member && member.enum) checks.push(enumCheck(member, member.enum));
  return checks;
}

function enumCheck(member: StringMember | NumberMember, values: Readonly<Record<string, string | number>>): Check {
  let known: ReadonlySet<string | number> | undefined;
  return (given, context, key) => {
    if (!context.rules.enum) return;
    known ??= new Set(Object.values(values));
    const value = typeof given === "bigint" ? Number(given) : (given as string | number);
    if (!known.has(value)) context.report(key, { rule: "enum", member, value });
  };
}

/** Check of `smithy.api#length`, for what is already counted. */
export function sizeCheck(member: MeasuredMember): (size: number, context: ValidationContext, key: Key) => void {
  const { min = 0, max = Infinity } = member.length ?? {};
  return (size, context, key) => {
    if ((context.rules.min && size < min) || (context.rules.max && size > max)) {
      context.report(key, { rule: "length", member, size });
    }
  };
}

export function documentCheck(member: DocumentMember): Check {
  const check: Check = (value, context, key) => {
    if (Array.isArray(value) || isObject(value)) {
      if (!context.enter(key)) return;
      for (const [name, item] of entriesOf(value)) check(item, context, name);
      context.leave(key);
    } else if (!(value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))) {
      wrongType(member, value, context, key);
    }
  };
  return check;
}

/** Items with their index, holes included; members with their name, undefined ones left out. */
function entriesOf(value: readonly unknown[] | Readonly<Record<string, unknown>>): Iterable<[Key, unknown]> {
  if (Array.isArray(value)) return value.entries();
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
