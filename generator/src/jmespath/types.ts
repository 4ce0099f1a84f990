import type { ShapeId } from "../model/model.js";
import type { MemberIr, ShapeIr, StructureIr, TypeIr, UnionIr } from "../ir/ir.js";

/** Type of a value, as far as it is known at generation. */
export type Type =
  | { readonly kind: "string" | "number" | "boolean" | "null" }
  | { readonly kind: "list"; readonly item: Typed }
  | { readonly kind: "map"; readonly value: Typed }
  | { readonly kind: "structure"; readonly shape: StructureIr | UnionIr }
  /** Result of a multiselect, or a literal. */
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Typed> }
  /** A value of a JavaScript class, such as `Date`. Only its presence can be tested. */
  | { readonly kind: "opaque"; readonly name: string }
  /** Only known at run time: a document, or one of several types. */
  | { readonly kind: "any"; readonly name: string };

const document: Type = { kind: "any", name: "a document" };
const several: Type = { kind: "any", name: "a value of several types" };

export interface Typed {
  readonly type: Type;
  /** Whether it may be null or missing, which are equivalent in JMESPath. */
  readonly nullable: boolean;
}

const simple: Readonly<Record<string, Type>> = {
  string: { kind: "string" },
  enum: { kind: "string" },
  boolean: { kind: "boolean" },
  ...Object.fromEntries(
    ["byte", "short", "integer", "long", "float", "double", "intEnum"].map((name) => [name, { kind: "number" }]),
  ),
};

/** The type of a member's value. */
export function typeOf(type: TypeIr, sparse: boolean, shapes: ReadonlyMap<ShapeId, ShapeIr>): Type {
  const inside = (member: MemberIr): Typed => ({
    type: typeOf(member.type, member.sparse, shapes),
    nullable: sparse,
  });
  if ("member" in type) return { kind: "list", item: inside(type.member) };
  if ("key" in type) return { kind: "map", value: inside(type.value) };
  if (type.type === "structure" || type.type === "union") {
    const shape = shapes.get(type.shape);
    if (shape && "members" in shape) return { kind: "structure", shape };
  }
  if (type.type === "document") return document;
  return simple[type.type] ?? { kind: "opaque", name: type.type };
}

/** The type of a JSON value. */
export function typeOfJson(value: unknown): Type {
  if (value === null) return { kind: "null" };
  if (Array.isArray(value)) return { kind: "list", item: common(value.map(typedJson)) };
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return { kind: typeof value } as Type;
    default:
      return {
        kind: "object",
        entries: new Map(Object.entries(value as object).map(([name, each]) => [name, typedJson(each)])),
      };
  }
}

function typedJson(value: unknown): Typed {
  return { type: typeOfJson(value), nullable: value === null };
}

/** The common type of several values. Of no values, it is a null that does not occur. */
export function common(values: readonly Typed[]): Typed {
  const types = values.map(({ type }) => type).filter(({ kind }) => kind !== "null");
  return {
    type: types.length === 0 ? { kind: "null" } : types.reduce(both),
    nullable: values.some(({ nullable }) => nullable),
  };
}

function both(left: Type, right: Type): Type {
  if (left.kind === "list" && right.kind === "list") return { kind: "list", item: common([left.item, right.item]) };
  if (left.kind === "map" && right.kind === "map") return { kind: "map", value: common([left.value, right.value]) };
  if (left.kind === "structure" && right.kind === "structure" && left.shape.id === right.shape.id) return left;
  if (left.kind === "object" && right.kind === "object") return bothObjects(left.entries, right.entries);
  return isSimple(left) && left.kind === right.kind ? left : several;
}

/** Objects with the same members. TypeScript does not allow access to a member that only one of them has. */
function bothObjects(left: ReadonlyMap<string, Typed>, right: ReadonlyMap<string, Typed>): Type {
  const entries = [...left].flatMap(([name, typed]): [string, Typed][] => {
    const other = right.get(name);
    return other ? [[name, common([typed, other])]] : [];
  });
  const isSame = entries.length === left.size && entries.length === right.size;
  return isSame ? { kind: "object", entries: new Map(entries) } : several;
}

/** Whether a type is string, number or boolean, which `===` compares. */
export function isSimple({ kind }: Type): boolean {
  return kind === "string" || kind === "number" || kind === "boolean";
}

/** Name of a type in messages. */
export function nameOf(type: Type): string {
  switch (type.kind) {
    case "structure":
      return `the ${type.shape.type} ${type.shape.name}`;
    case "opaque":
      return /^[aeiou]/.test(type.name) ? `an ${type.name}` : `a ${type.name}`;
    case "object":
      return "an object";
    case "null":
      return "null";
    case "any":
      return type.name;
    default:
      return `a ${type.kind}`;
  }
}
