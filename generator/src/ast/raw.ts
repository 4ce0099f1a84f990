import type { JSONPath } from "jsonc-parser";
import { isMemberId, isMemberName, isShapeId } from "./ids.js";
import type { ShapeId } from "./model.js";
import type { Problem } from "./source.js";

/** A shape as the file has it, its members and traits open to mixins, `apply` and overlays. */
export interface RawShape {
  readonly id: ShapeId;
  readonly type: string;
  readonly json: Json;
  readonly path: JSONPath;
  readonly traits: Map<string, unknown>;
  /** A list has `member`, a map has `key` and `value`. */
  members: Map<string, RawMember>;
  readonly mixins: readonly ShapeId[];
}

export interface RawMember {
  readonly target: ShapeId;
  readonly traits: Map<string, unknown>;
  readonly path: JSONPath;
}

export type Json = Readonly<Record<string, unknown>>;
export type Report = (problem: Problem) => void;

export function isJsonObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names of the properties that hold a shape's fixed members. */
const fixedMembers: Readonly<Record<string, readonly string[]>> = {
  list: ["member"],
  set: ["member"],
  map: ["key", "value"],
};
const namedMembers = new Set(["structure", "union", "enum", "intEnum"]);
const plain = new Set([
  "blob",
  "boolean",
  "string",
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "bigInteger",
  "bigDecimal",
  "timestamp",
  "document",
  "operation",
  "resource",
  "service",
]);

/** Reads `shapes` of the JSON AST. `apply` statements are laid over the shapes that they name. */
export function readRawShapes(shapes: Json, report: Report): Map<ShapeId, RawShape> {
  const found = new Map<ShapeId, RawShape>();
  const applied: [string, Map<string, unknown>, JSONPath][] = [];
  for (const [id, json] of Object.entries(shapes)) {
    const path = ["shapes", id];
    if (!isJsonObject(json)) {
      report({ code: "invalid-shape", shapeId: id, path, message: "A shape must be an object with a type." });
      continue;
    }
    const { type } = json;
    if (type === "apply") {
      if (isShapeId(id) || isMemberId(id)) applied.push([id, readTraits(json, id, path, report), path]);
      else report({ code: "invalid-shape-id", shapeId: id, path, message: "This is no shape id or member id." });
      continue;
    }
    if (!isShapeId(id)) {
      const message = "This is no shape id: it must be a namespace, # and a name, of letters, digits and underscores.";
      report({ code: "invalid-shape-id", shapeId: id, path, message });
      continue;
    }
    if (typeof type !== "string" || !(plain.has(type) || namedMembers.has(type) || fixedMembers[type])) {
      const message = type === undefined ? "The shape has no type." : `${JSON.stringify(type)} is no type of shape.`;
      report({ code: "unknown-shape-type", shapeId: id, path: [...path, "type"], message });
      continue;
    }
    found.set(id, {
      id,
      type,
      json,
      path,
      traits: readTraits(json, id, path, report),
      members: readMembers(id, type, json, path, report),
      mixins: readTargets(json, "mixins", id, path, report),
    });
  }
  for (const [id, traits, path] of applied) applyTraits(found, id, traits, path, report);
  return found;
}

/** Lays traits over a shape or member; `null` takes one away. */
export function applyTraits(
  shapes: ReadonlyMap<ShapeId, RawShape>,
  id: string,
  traits: ReadonlyMap<string, unknown>,
  path: JSONPath,
  report: Report,
): void {
  const [shapeId = "", memberName] = id.split("$");
  const shape = shapes.get(shapeId);
  const owner = memberName === undefined ? shape : shape?.members.get(memberName);
  if (!owner) {
    report({
      code: "unknown-apply-target",
      shapeId: id,
      path,
      message: "Traits are applied to what the model does not have.",
    });
    return;
  }
  for (const [trait, value] of traits) {
    if (value === null) owner.traits.delete(trait);
    else owner.traits.set(trait, value);
  }
}

export function readTraits(json: Json, id: string, path: JSONPath, report: Report): Map<string, unknown> {
  const { traits } = json;
  if (traits === undefined) return new Map();
  if (!isJsonObject(traits)) {
    report({ code: "invalid-traits", shapeId: id, path: [...path, "traits"], message: "traits must be an object." });
    return new Map();
  }
  for (const trait of Object.keys(traits)) {
    if (isShapeId(trait)) continue;
    const message = `The trait ${JSON.stringify(trait)} is no shape id.`;
    report({ code: "invalid-trait-id", shapeId: id, path: [...path, "traits", trait], message });
  }
  return new Map(Object.entries(traits));
}

function readMembers(id: ShapeId, type: string, json: Json, path: JSONPath, report: Report): Map<string, RawMember> {
  const members = new Map<string, RawMember>();
  const read = (name: string, member: unknown, memberPath: JSONPath): void => {
    const target = isJsonObject(member) ? member["target"] : undefined;
    if (!isJsonObject(member) || typeof target !== "string") {
      const message = `${name} must be an object with a target.`;
      report({ code: "invalid-member", shapeId: `${id}$${name}`, path: memberPath, message });
      return;
    }
    members.set(name, { target, path: memberPath, traits: readTraits(member, `${id}$${name}`, memberPath, report) });
  };
  for (const name of fixedMembers[type] ?? []) {
    // A list may take its member from a mixin.
    if (json[name] !== undefined || json["mixins"] === undefined) read(name, json[name], [...path, name]);
  }
  const named = json["members"];
  if (!namedMembers.has(type) || named === undefined) return members;
  if (!isJsonObject(named)) {
    report({ code: "invalid-members", shapeId: id, path: [...path, "members"], message: "members must be an object." });
    return members;
  }
  for (const [name, member] of Object.entries(named)) {
    const memberPath = [...path, "members", name];
    if (isMemberName(name)) read(name, member, memberPath);
    else {
      const message = `${JSON.stringify(name)} is no member name: it must be of letters, digits and underscores.`;
      report({ code: "invalid-member-name", shapeId: id, path: memberPath, message });
    }
  }
  return members;
}

/** A list of `{ target }`. */
export function readTargets(json: Json, property: string, id: string, path: JSONPath, report: Report): ShapeId[] {
  const value = json[property];
  if (value === undefined) return [];
  const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  return items.flatMap((item, index) => {
    const target = isJsonObject(item) ? item["target"] : undefined;
    if (typeof target === "string") return [target];
    const message = `${property} must be a list of objects with a target.`;
    report({ code: "invalid-targets", shapeId: id, path: [...path, property, index], message });
    return [];
  });
}

/** One `{ target }`; undefined where there is none. */
export function readTarget(
  json: Json,
  property: string,
  id: string,
  path: JSONPath,
  report: Report,
): ShapeId | undefined {
  const value = json[property];
  if (value === undefined) return undefined;
  const target = isJsonObject(value) ? value["target"] : undefined;
  if (typeof target === "string") return target;
  const message = `${property} must be an object with a target.`;
  report({ code: "invalid-targets", shapeId: id, path: [...path, property], message });
  return undefined;
}
