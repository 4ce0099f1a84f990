import type { ValidationIssue } from "../errors/client.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  type TargetMember,
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
  type CheckedMember,
  takesText,
  typeTest,
  type ValidationRules,
} from "./types.js";

type Shape = StructureShape | UnionShape;
/** Location of a value in its parent; undefined for the input itself. */
type Key = string | number | undefined;

/** One walk over a value. */
interface Walk {
  readonly issues: ValidationIssue[];
  readonly path: (string | number)[];
  readonly rules: ValidationRules;
  /** Number of enclosing sensitive members: the values inside stay out of messages. */
  hidden: number;
  isTooDeep: boolean;
}

/**
 * All violations of `shape` in `value`, in the model's order, depth first; empty if the value is valid. Walks the
 * descriptors and is written for size: {@link accepts} is the fast check that there is none.
 */
export function findIssues(shape: Shape, value: unknown, rules: ValidationRules): ValidationIssue[] {
  const walk: Walk = { issues: [], path: [], rules, hidden: 0, isTooDeep: false };
  checkShape(walk, shape, value);
  return walk.issues;
}

function report({ issues, path }: Walk, key: Key, rule: ValidationIssue["rule"], message: string): void {
  issues.push({ path: key === undefined ? [...path] : [...path, key], rule, message });
}

function isHidden({ hidden }: Walk, member: object): boolean {
  return hidden > 0 || (member as { readonly sensitive?: true }).sensitive === true;
}

function quote(walk: Walk, value: unknown, member: object): string {
  if (isHidden(walk, member)) return "the value given (sensitive, not shown)";
  // JSON cannot represent NaN and infinities.
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

/**
 * Whether the content of a value is to be checked. Excessive nesting is reported once, because a value that refers to
 * itself has no end.
 */
function enter(walk: Walk, key: Key, sensitive?: boolean): boolean {
  if (walk.isTooDeep) return false;
  if (walk.path.length >= maximumDepth) {
    walk.isTooDeep = true;
    report(walk, key, "type", "is nested too deeply; it may refer to itself");
    return false;
  }
  if (key !== undefined) walk.path.push(key);
  if (sensitive) walk.hidden++;
  return true;
}

function leave(walk: Walk, key: Key, sensitive?: boolean): void {
  if (key !== undefined) walk.path.pop();
  if (sensitive) walk.hidden--;
}

function wrongType(walk: Walk, wanted: Member | Shape, value: unknown, key: Key): void {
  report(walk, key, "type", typeMessage(walk, wanted, value));
}

/** Names the violated limit; empty if there is none. */
function brokenLimit(
  { rules }: Walk,
  number: number | bigint,
  limits: Limits,
  show: (limit: number) => string = String,
): string {
  const { min, max } = limits;
  if (rules.min && min !== undefined && number < min) return `least ${show(min)}`;
  return rules.max && max !== undefined && number > max ? `most ${show(max)}` : "";
}

function checkSize(walk: Walk, member: CheckedMember | ListMember | MapMember, size: number, key: Key): void {
  if (!("length" in member) || !member.length) return;
  const limit = brokenLimit(walk, size, member.length, (count) => counted(count, member.type));
  if (limit) report(walk, key, "length", `must have at ${limit}, but has ${size}`);
}

function checkSimple(walk: Walk, member: CheckedMember, value: unknown, key: Key): void {
  const isText = member.type === "string";
  if (isText ? typeof value !== "string" : !typeTest(member)(value)) return wrongType(walk, member, value, key);
  if (value === "" && member.httpLabel) return report(walk, key, "length", "must not be empty");
  if (isText) checkSize(walk, member, characters(value as string), key);
  else if (member.type === "blob" && !isStreamed(member)) {
    const { length } = typeof value === "string" ? new TextEncoder().encode(value) : (value as Uint8Array);
    checkSize(walk, member, length, key);
  }
  const { rules } = walk;
  if ("range" in member && member.range) {
    const limit = brokenLimit(walk, typeof value === "bigint" ? value : Number(value), member.range);
    if (limit) report(walk, key, "range", `must be at ${limit}, but is ${quote(walk, Number(value), member)}`);
  }
  if (isText && member.pattern !== undefined && rules.pattern) {
    const pattern = new RegExp(member.pattern, member.patternFlags ?? "u");
    if (!pattern.test(value as string)) {
      report(walk, key, "pattern", `must match ${String(pattern)}, but is ${quote(walk, value, member)}`);
    }
  }
  if ("enum" in member && member.enum && rules.enum) {
    const known = Object.values<unknown>(member.enum);
    if (known.includes(typeof value === "bigint" ? Number(value) : value)) return;
    const found = isText ? `, but is ${quote(walk, value, member)}` : "";
    report(walk, key, "enum", `must be one of ${known.map((item) => JSON.stringify(item)).join(", ")}${found}`);
  }
}

function checkDocument(walk: Walk, member: Member, value: unknown, key: Key): void {
  if (Array.isArray(value) || isObject(value)) {
    if (!enter(walk, key)) return;
    for (const [name, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      if (item !== undefined || Array.isArray(value)) checkDocument(walk, member, item, name);
    }
    leave(walk, key);
  } else if (!(value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))) {
    wrongType(walk, member, value, key);
  }
}

function checkList(walk: Walk, list: ListMember, value: unknown, key: Key): void {
  if (!Array.isArray(value)) return wrongType(walk, list, value, key);
  checkSize(walk, list, value.length, key);
  if (!enter(walk, key, list.sensitive)) return;
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    if (item !== undefined && item !== null) checkMember(walk, list.member, item, index);
    else if (!(list.sparse && item === null)) report(walk, index, "type", `must not be ${String(item)}`);
  }
  leave(walk, key, list.sensitive);
  if (list.uniqueItems && walk.rules.uniqueItems && hasTwice(value)) {
    report(walk, key, "uniqueItems", "must not contain the same item twice");
  }
}

function checkMap(walk: Walk, map: MapMember, value: unknown, key: Key): void {
  if (!isObject(value)) return wrongType(walk, map, value, key);
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  checkSize(walk, map, names.length, key);
  if (!enter(walk, key, map.sensitive)) return;
  for (const name of names) {
    checkSimple(walk, map.key, name, name);
    const item = value[name];
    if (item !== null) checkMember(walk, map.value, item, name);
    else if (!map.sparse) report(walk, name, "type", "must not be null");
  }
  leave(walk, key, map.sensitive);
}

function checkMember(walk: Walk, member: Member, value: unknown, key: Key): void {
  if ("target" in member) checkShape(walk, targetOf(member), value, key, member);
  else if (member.type === "list") checkList(walk, member, value, key);
  else if (member.type === "map") checkMap(walk, member, value, key);
  else if (member.type === "document") checkDocument(walk, member, value, key);
  else checkSimple(walk, member, value, key);
}

/** @param holder the member that holds the value; absent for the input itself */
function checkShape(walk: Walk, shape: Shape, value: unknown, key?: Key, holder?: TargetMember): void {
  if (!isObject(value)) return wrongType(walk, holder ?? shape, value, key);
  const { members } = shape;
  const isUnion = shape.type === "union";
  const given = Object.keys(value).filter((name) => value[name] !== undefined);
  if (isUnion) {
    const set = given.filter((name) => value[name] !== null);
    if (set.length !== 1) {
      const found = set.length === 0 ? "none is" : `${set.join(", ")} are`;
      return report(walk, key, "union", `must have exactly one member of ${shape.name} set, but ${found}`);
    }
  }
  if (!enter(walk, key, holder?.sensitive)) return;
  for (const name in members) {
    const member = members[name] as Member;
    const item = Object.hasOwn(value, name) ? value[name] : undefined;
    if (item !== undefined && item !== null) checkMember(walk, member, item, name);
    else if (member.required && !isUnion) report(walk, name, "required", "is required");
  }
  for (const name of given) {
    if (Object.hasOwn(members, name)) continue;
    const near = nearest(name, Object.keys(members));
    report(walk, name, "unknown", `is not a member of ${shape.name}${near ? `; did you mean ${near}?` : ""}`);
  }
  leave(walk, key, holder?.sensitive);
}

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

const units = { string: "character", blob: "byte", list: "item", map: "entry" } as const;

function counted(count: number, type: string): string {
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

function typeMessage(walk: Walk, wanted: Member | Shape, value: unknown): string {
  const type = "target" in wanted ? "structure" : wanted.type;
  const isNumber = typeof value === "number";
  if (type === "long" && typeof value === "bigint") return "must fit in 64 bits";
  if (type === "long" && isNumber) return "must be a whole number; beyond 2^53 - 1 pass a bigint";
  if (isNumber && type in integerLimits) {
    const limit = integerLimits[type as keyof typeof integerLimits];
    const { min = -limit, max = limit - 1 } = ("range" in wanted && wanted.range) || {};
    return `must be a whole number from ${min} to ${max}, but is ${quote(walk, value, wanted)}`;
  }
  const name =
    "events" in wanted
      ? "an AsyncIterable of events"
      : "streaming" in wanted
        ? "a string, a Uint8Array, a Blob, a ReadableStream or an AsyncIterable of Uint8Array"
        : takesText(wanted)
          ? "a string or a Uint8Array"
          : (typeNames[type] ?? "a whole number");
  // Only of numbers, the description is the value.
  return `must be ${name}, but is ${isNumber && isHidden(walk, wanted) ? "a number" : describeType(value)}`;
}
