import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  type TargetMember,
  targetOf,
  type UnionShape,
} from "../schema/shapes.js";
import { describeType, getOwn, isObject } from "../schema/values.js";
import { nearest } from "../text/nearest.js";
import {
  bigNumberCheck,
  blobCheck,
  booleanCheck,
  type Check,
  checkLength,
  documentCheck,
  numberCheck,
  stringCheck,
  timestampCheck,
} from "./checks.js";

const compiled = new WeakMap<StructureShape | UnionShape, Check>();

/** The check of a structure or union, made at its first use. */
export function checkOf(shape: StructureShape | UnionShape): Check {
  let check = compiled.get(shape);
  if (!check) {
    check = shape.type === "union" ? unionCheck(shape) : structureCheck(shape);
    compiled.set(shape, check);
  }
  return check;
}

function memberCheck(member: Member): Check {
  if ("target" in member) return targetCheck(member);
  switch (member.type) {
    case "string":
      return stringCheck(member);
    case "boolean":
      return booleanCheck;
    case "timestamp":
      return timestampCheck;
    case "blob":
      return blobCheck(member);
    case "document":
      return documentCheck(member);
    case "list":
      return listCheck(member);
    case "map":
      return mapCheck(member);
    case "bigInteger":
    case "bigDecimal":
      return bigNumberCheck(member);
    default:
      return numberCheck(member);
  }
}

/** Looks its target up at the first value, since recursive shapes have no end to compile to. */
function targetCheck(member: TargetMember): Check {
  let check: Check | undefined;
  if (!member.sensitive) return (value, context, key) => (check ??= checkOf(targetOf(member)))(value, context, key);
  return (value, context, key) => {
    if (!context.enter(key, true)) return;
    (check ??= checkOf(targetOf(member)))(value, context, undefined);
    context.leave(key, true);
  };
}

interface CompiledMember {
  readonly name: string;
  readonly required: boolean;
  readonly check: Check;
}

function compileMembers(shape: StructureShape | UnionShape): CompiledMember[] {
  return Object.entries(shape.members).map(([name, member]) => ({
    name,
    required: member.required === true,
    check: memberCheck(member),
  }));
}

function structureCheck(shape: StructureShape): Check {
  const members = compileMembers(shape);
  const known = new Set(members.map((member) => member.name));
  return (value, context, key) => {
    if (!isObject(value)) {
      context.report(key, "type", `must be an object, but is ${describeType(value)}`);
      return;
    }
    if (!context.enter(key, false)) return;
    for (const member of members) {
      const item = getOwn(value, member.name);
      if (item !== undefined && item !== null) member.check(item, context, member.name);
      else if (member.required) context.report(member.name, "required", "is required");
    }
    for (const name of Object.keys(value)) {
      if (known.has(name) || value[name] === undefined) continue;
      const near = nearest(name, known);
      context.report(name, "unknown", `is no member of ${shape.name}${near ? `; did you mean ${near}?` : ""}`);
    }
    context.leave(key, false);
  };
}

function unionCheck(shape: UnionShape): Check {
  const members = new Map(compileMembers(shape).map((member) => [member.name, member.check]));
  return (value, context, key) => {
    if (!isObject(value)) {
      context.report(key, "type", `must be an object, but is ${describeType(value)}`);
      return;
    }
    const set = Object.keys(value).filter((name) => value[name] !== undefined && value[name] !== null);
    const [name] = set;
    if (set.length !== 1 || name === undefined) {
      const found = set.length === 0 ? "none is" : `${set.join(", ")} are`;
      context.report(key, "union", `must have exactly one member of ${shape.name} set, but ${found}`);
      return;
    }
    if (!context.enter(key, false)) return;
    const check = members.get(name);
    if (check) check(value[name], context, name);
    else {
      const near = nearest(name, members.keys());
      context.report(name, "unknown", `is no member of ${shape.name}${near ? `; did you mean ${near}?` : ""}`);
    }
    context.leave(key, false);
  };
}

function listCheck(list: ListMember): Check {
  const check = memberCheck(list.member);
  const sensitive = list.sensitive === true;
  return (value, context, key) => {
    if (!Array.isArray(value)) {
      context.report(key, "type", `must be an array, but is ${describeType(value)}`);
      return;
    }
    if (list.length) checkLength(value.length, "item", list.length, context, key);
    if (!context.enter(key, sensitive)) return;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (item !== undefined && item !== null) check(item, context, index);
      else if (!(list.sparse && item === null)) context.report(index, "type", `must not be ${String(item)}`);
    }
    context.leave(key, sensitive);
    if (list.uniqueItems && context.rules.uniqueItems) {
      const seen = new Set(value.map((item) => JSON.stringify(item, bigIntAsText)));
      if (seen.size < value.length) context.report(key, "uniqueItems", "must not hold the same item twice");
    }
  };
}

function bigIntAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

function mapCheck(map: MapMember): Check {
  const checkKey = stringCheck(map.key);
  const checkValue = memberCheck(map.value);
  const sensitive = map.sensitive === true;
  return (value, context, key) => {
    if (!isObject(value)) {
      context.report(key, "type", `must be an object, but is ${describeType(value)}`);
      return;
    }
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    if (map.length) checkLength(names.length, "entry", map.length, context, key);
    if (!context.enter(key, sensitive)) return;
    for (const name of names) {
      checkKey(name, context, name);
      const item = value[name];
      if (item !== null) checkValue(item, context, name);
      else if (!map.sparse) context.report(name, "type", "must not be null");
    }
    context.leave(key, sensitive);
  };
}
