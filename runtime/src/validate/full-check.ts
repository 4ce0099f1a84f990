import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  type TargetMember,
  targetOf,
  type UnionShape,
} from "../schema/shapes.js";
import { oncePer, getOwn, isObject } from "../schema/values.js";
import { type Check, documentCheck, simpleCheck, sizeCheck, wrongType } from "./checks.js";
import { hasTwice, type ValidationRules } from "./types.js";
import { ValidationContext, type Problem } from "./context.js";

/** The check of a structure or union, made at its first use. */
export const checkOf = oncePer((shape: StructureShape | UnionShape): Check =>
  shape.type === "union" ? unionCheck(shape) : structureCheck(shape),
);

function memberCheck(member: Member): Check {
  if ("target" in member) return targetCheck(member);
  switch (member.type) {
    case "document":
      return documentCheck(member);
    case "list":
      return listCheck(member);
    case "map":
      return mapCheck(member);
    default:
      return simpleCheck(member);
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

/** What a structure's members are checked with, by name and in the model's order. */
function compileMembers(shape: StructureShape | UnionShape): Map<string, Check> {
  return new Map(Object.entries(shape.members).map(([name, member]) => [name, memberCheck(member)]));
}

/** Goes through what is given, which is mostly far less than what may be given. */
function structureCheck(shape: StructureShape): Check {
  const checks = compileMembers(shape);
  const required = Object.keys(shape.members).filter((name) => shape.members[name]?.required);
  return (value, context, key) => {
    if (!isObject(value)) {
      wrongType(shape, value, context, key);
      return;
    }
    if (!context.enter(key)) return;
    const found = context.problems.length;
    // Engines read an object's members fastest in this loop, by their place instead of by their name.
    for (const name in value) {
      if (!Object.hasOwn(value, name)) continue;
      const item = value[name];
      if (item === undefined) continue;
      const check = checks.get(name);
      if (!check) context.report(name, { rule: "unknown", shape, name });
      else if (item !== null) check(item, context, name);
    }
    for (const name of required) {
      const item = getOwn(value, name);
      if (item === undefined || item === null) context.report(name, { rule: "required" });
    }
    if (context.problems.length > found + 1) context.sort(found, [...checks.keys()]);
    context.leave(key);
  };
}

function unionCheck(shape: UnionShape): Check {
  const members = compileMembers(shape);
  return (value, context, key) => {
    if (!isObject(value)) {
      wrongType(shape, value, context, key);
      return;
    }
    const set = Object.keys(value).filter((name) => value[name] !== undefined && value[name] !== null);
    const [name] = set;
    if (set.length !== 1 || name === undefined) {
      context.report(key, { rule: "union", shape, set });
      return;
    }
    if (!context.enter(key)) return;
    const check = members.get(name);
    if (check) check(value[name], context, name);
    else context.report(name, { rule: "unknown", shape, name });
    context.leave(key);
  };
}

function listCheck(list: ListMember): Check {
  const check = memberCheck(list.member);
  const checkSize = sizeCheck(list);
  const { sensitive } = list;
  return (value, context, key) => {
    if (!Array.isArray(value)) {
      wrongType(list, value, context, key);
      return;
    }
    checkSize(value.length, context, key);
    if (!context.enter(key, sensitive)) return;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (item !== undefined && item !== null) check(item, context, index);
      else if (!(list.sparse && item === null)) context.report(index, { rule: "type", hole: item });
    }
    context.leave(key, sensitive);
    if (list.uniqueItems && context.rules.uniqueItems && hasTwice(value)) context.report(key, { rule: "uniqueItems" });
  };
}

function mapCheck(map: MapMember): Check {
  const checkKey = memberCheck(map.key);
  const checkValue = memberCheck(map.value);
  const checkSize = sizeCheck(map);
  const { sensitive } = map;
  return (value, context, key) => {
    if (!isObject(value)) {
      wrongType(map, value, context, key);
      return;
    }
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    checkSize(names.length, context, key);
    if (!context.enter(key, sensitive)) return;
    for (const name of names) {
      checkKey(name, context, name);
      const item = value[name];
      if (item !== null) checkValue(item, context, name);
      else if (!map.sparse) context.report(name, { rule: "type", hole: item });
    }
    context.leave(key, sensitive);
  };
}

/** Every breach of `shape` in `value`, in the model's order, depth first; empty where it is valid. */
export function findProblems(shape: StructureShape, value: unknown, rules: ValidationRules): readonly Problem[] {
  const context = new ValidationContext(rules);
  checkOf(shape)(value, context, undefined);
  return context.problems;
}
