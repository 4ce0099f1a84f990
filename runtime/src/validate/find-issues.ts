import type { ValidationIssue } from "../errors/client.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StringMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../schema/shapes.js";
import { describeType, integerLimits, isObject } from "../schema/values.js";
import { nearest } from "../text/nearest.js";
import {
  characters,
  hasTwice,
  isStreamed,
  maximumDepth,
  type SimpleMember,
  typeTest,
  type ValidationRules,
} from "./types.js";

type Shape = StructureShape | UnionShape;
/** Place of a value in its parent; undefined for the input itself. */
type Key = string | number | undefined;

/**
 * Every breach of `shape` in `value`, in the model's order, depth first; empty where the value is valid.
 *
 * Walks the descriptors. It runs for inputs that {@link accepts} did not accept, so it is written for its size.
 */
export function findIssues(shape: Shape, value: unknown, rules: ValidationRules): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const path: (string | number)[] = [];
  /** How many sensitive members enclose the place: their values stay out of messages. */
  let hidden = 0;
  let isTooDeep = false;

  const report = (key: Key, rule: ValidationIssue["rule"], message: string): void => {
    issues.push({ path: key === undefined ? [...path] : [...path, key], rule, message });
  };

  const quote = (value: unknown, member: { readonly sensitive?: true }): string => {
    if (hidden > 0 || member.sensitive) return "the value given (sensitive, not shown)";
    // NaN and infinities have no form in JSON.
    const text = typeof value === "number" ? String(value) : JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
  };

  /** Checks what a value holds. Reports excessive nesting once: a value that refers to itself twice has no end. */
  const inside = (key: Key, sensitive: boolean | undefined, check: () => void): void => {
    if (isTooDeep) return;
    if (path.length >= maximumDepth) {
      isTooDeep = true;
      return report(key, "type", "is nested too deeply; it may refer to itself");
    }
    if (key !== undefined) path.push(key);
    if (sensitive) hidden++;
    check();
    if (key !== undefined) path.pop();
    if (sensitive) hidden--;
  };

  const wrongType = (wanted: Member | Shape, value: unknown, key: Key): void =>
    report(
      key,
      "type",
      typeMessage(wanted, value, (given) => quote(given, wanted as { sensitive?: true })),
    );

  const checkSize = (member: StringMember | ListMember | MapMember | SimpleMember, size: number, key: Key): void => {
    const { min = 0, max = Infinity } = ("length" in member && member.length) || {};
    const limit =
      rules.min && size < min
        ? `least ${counted(min, member)}`
        : rules.max && size > max
          ? `most ${counted(max, member)}`
          : "";
    if (limit) report(key, "length", `must have at ${limit}, but has ${size}`);
  };

  const checkSimple = (member: SimpleMember, value: unknown, key: Key): void => {
    const isRight = member.type === "string" ? typeof value === "string" : typeTest(member)(value);
    if (!isRight) return wrongType(member, value, key);
    if (member.type === "string") checkSize(member, characters(value as string), key);
    else if (member.type === "blob" && !isStreamed(member)) checkSize(member, (value as Uint8Array).length, key);
    if ("range" in member && member.range) {
      const { min = -Infinity, max = Infinity } = member.range;
      const number = typeof value === "bigint" ? value : Number(value);
      const limit = rules.min && number < min ? `least ${min}` : rules.max && number > max ? `most ${max}` : "";
      if (limit) report(key, "range", `must be at ${limit}, but is ${quote(Number(value), member)}`);
    }
    if ("pattern" in member && member.pattern !== undefined && rules.pattern) {
      const pattern = new RegExp(member.pattern, member.patternFlags ?? "u");
      if (!pattern.test(value as string)) {
        report(key, "pattern", `must match ${String(pattern)}, but is ${quote(value, member)}`);
      }
    }
    if ("enum" in member && member.enum && rules.enum) {
      const known = Object.values<unknown>(member.enum);
      if (known.includes(typeof value === "bigint" ? Number(value) : value)) return;
      const found = typeof value === "string" ? `, but is ${quote(value, member)}` : "";
      report(key, "enum", `must be one of ${known.map((item) => JSON.stringify(item)).join(", ")}${found}`);
    }
  };

  const checkDocument = (member: Member, value: unknown, key: Key): void => {
    if (Array.isArray(value) || isObject(value)) {
      inside(key, false, () => {
        const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
        for (const [name, item] of entries) {
          if (item !== undefined || Array.isArray(value)) checkDocument(member, item, name);
        }
      });
    } else if (!(value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))) {
      wrongType(member, value, key);
    }
  };

  const checkList = (list: ListMember, value: unknown, key: Key): void => {
    if (!Array.isArray(value)) return wrongType(list, value, key);
    checkSize(list, value.length, key);
    inside(key, list.sensitive, () => {
      for (const [index, item] of (value as unknown[]).entries()) {
        if (item !== undefined && item !== null) checkMember(list.member, item, index);
        else if (!(list.sparse && item === null)) report(index, "type", `must not be ${String(item)}`);
      }
    });
    if (list.uniqueItems && rules.uniqueItems && hasTwice(value)) {
      report(key, "uniqueItems", "must not hold the same item twice");
    }
  };

  const checkMap = (map: MapMember, value: unknown, key: Key): void => {
    if (!isObject(value)) return wrongType(map, value, key);
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    checkSize(map, names.length, key);
    inside(key, map.sensitive, () => {
      for (const name of names) {
        checkSimple(map.key, name, name);
        const item = value[name];
        if (item !== null) checkMember(map.value, item, name);
        else if (!map.sparse) report(name, "type", "must not be null");
      }
    });
  };

  const checkMember = (member: Member, value: unknown, key: Key): void => {
    if ("target" in member) {
      if (!member.sensitive) return checkShape(targetOf(member), value, key);
      return inside(key, true, () => checkShape(targetOf(member), value, undefined));
    }
    if (member.type === "list") checkList(member, value, key);
    else if (member.type === "map") checkMap(member, value, key);
    else if (member.type === "document") checkDocument(member, value, key);
    else checkSimple(member, value, key);
  };

  const unknownMember = (shape: Shape, name: string): void => {
    const near = nearest(name, Object.keys(shape.members));
    report(name, "unknown", `is no member of ${shape.name}${near ? `; did you mean ${near}?` : ""}`);
  };

  const checkShape = (shape: Shape, value: unknown, key: Key): void => {
    if (!isObject(value)) return wrongType(shape, value, key);
    const given = Object.keys(value).filter((name) => value[name] !== undefined);
    if (shape.type === "union") {
      const set = given.filter((name) => value[name] !== null);
      if (set.length !== 1) {
        const found = set.length === 0 ? "none is" : `${set.join(", ")} are`;
        return report(key, "union", `must have exactly one member of ${shape.name} set, but ${found}`);
      }
    }
    inside(key, false, () => {
      for (const [name, member] of Object.entries(shape.members)) {
        const item = Object.hasOwn(value, name) ? value[name] : undefined;
        if (item !== undefined && item !== null) checkMember(member, item, name);
        else if (member.required && shape.type === "structure") report(name, "required", "is required");
      }
      for (const name of given) if (!Object.hasOwn(shape.members, name)) unknownMember(shape, name);
    });
  };

  checkShape(shape, value, undefined);
  return issues;
}

const units = { string: "character", blob: "byte", list: "item", map: "entry" } as const;

function counted(count: number, { type }: { readonly type: string }): string {
  const unit = units[type as keyof typeof units];
  return `${count} ${count === 1 ? unit : type === "map" ? "entries" : `${unit}s`}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  boolean: "a boolean",
  timestamp: "a valid Date",
  blob: "a Uint8Array",
  document: "a JSON value",
  list: "an array",
  map: "an object",
  structure: "an object",
  union: "an object",
  float: "a number",
  double: "a number",
  bigInteger: "a bigint",
  bigDecimal: "a decimal number in a string",
};

function typeMessage(wanted: Member | Shape, value: unknown, quote: (value: unknown) => string): string {
  const type = "target" in wanted ? "structure" : wanted.type;
  const isNumber = typeof value === "number";
  if (type === "long" && typeof value === "bigint") return "must fit in 64 bits";
  if (type === "long" && isNumber) return "must be a whole number; beyond 2^53 - 1 give a bigint";
  if (isNumber && type in integerLimits) {
    const limit = integerLimits[type as keyof typeof integerLimits];
    const { min = -limit, max = limit - 1 } = ("range" in wanted && wanted.range) || {};
    return `must be a whole number from ${min} to ${max}, but is ${quote(value)}`;
  }
  const name =
    "streaming" in wanted
      ? "a string, a Uint8Array, a Blob, a ReadableStream or an AsyncIterable of Uint8Array"
      : (typeNames[type] ?? "a whole number");
  return `must be ${name}, but is ${describeType(value)}`;
}
