import type { ShapeId } from "../../model/model.js";
import { describeEnum, describeShapeOf, type Descriptor, type References } from "../../ir/descriptor.js";
import type { EnumIr, ServiceIr, ShapeIr, StructureIr, UnionIr } from "../../ir/ir.js";
import { Code, literal, memberKey, propertyKey } from "../../text/literal.js";
import { memberComment, roleOf, shapeComment, valueComment } from "./docs.js";
import { directionOf, memberDeclaration, typeText } from "./types.js";

/** The declarations of the shapes of one module, in the given order. */
export function shapeViews(ids: readonly ShapeId[], ir: ServiceIr): object[] {
  const declared = new Set<ShapeId>();
  const own = new Set(ids);
  return ids.flatMap((id) => {
    const shape = ir.shapes.get(id);
    if (!shape) return [];
    const references = referencesOf(ir, (target) => own.has(target) && !declared.has(target));
    const view = shapeView(shape, references, ir);
    declared.add(id);
    return view;
  });
}

/** References by name. A constant that is declared further down is referenced through a function. */
export function referencesOf(ir: ServiceIr, isLater: (shape: ShapeId) => boolean): References {
  const name = (id: ShapeId): string => ir.names.shapes.get(id) ?? "undefined";
  return {
    target: (id) => new Code(isLater(id) ? `() => ${name(id)}$` : `${name(id)}$`),
    enum: (id) => new Code(name(id)),
  };
}

function shapeView(shape: ShapeIr, references: References, ir: ServiceIr): object {
  const name = ir.names.shapes.get(shape.id) ?? "";
  switch (shape.type) {
    case "structure":
      return { ...structureView(shape, references, ir), name };
    case "union":
      return { ...unionView(shape, references, ir), name };
    default:
      return { ...enumView(shape, name), name };
  }
}

function structureView(shape: StructureIr, references: References, ir: ServiceIr): object {
  return {
    isStructure: true,
    comment: shapeComment(shape.facts, roleOf(shape, ir)),
    members: memberViews(shape, ir),
    descriptor: descriptorView(describeShapeOf(ir, shape, references)),
    validator: validatorView(shape, ir),
  };
}

/** Declarations of a structure's members in its interface. */
function memberViews(shape: StructureIr, ir: ServiceIr): object[] {
  return shape.members.map((member) => {
    const { optional, type } = memberDeclaration(member, shape, ir);
    return {
      comment: memberComment(member, shape.inInput, ir, 2),
      declaration: `${memberKey(member.name)}${optional ? "?" : ""}: ${type}`,
    };
  });
}

/** The validator of a structure that is an operation's input. */
function validatorView(shape: StructureIr, ir: ServiceIr): object | undefined {
  const name = ir.names.validators.get(shape.id);
  return name === undefined ? undefined : { name, shape: ir.names.shapes.get(shape.id) ?? "" };
}

function unionView(shape: UnionIr, references: References, ir: ServiceIr): object {
  const direction = directionOf(shape);
  const isOpen = shape.inOutput;
  const keys = shape.members.map(({ name }) => memberKey(name));
  return {
    isUnion: true,
    comment: shapeComment(shape.facts, ""),
    variants: shape.members.map((member) => ({
      comment: memberComment({ ...member, required: false }, shape.inInput, ir, 6),
      declaration: `${memberKey(member.name)}: ${typeText(member, direction, ir)}`,
      // All other members are declared absent, so that each can be read without a cast: `value.S` may be undefined.
      others: [...keys.filter((key) => key !== memberKey(member.name)), ...(isOpen ? ["$unknown"] : [])],
    })),
    others: keys,
    isOpen,
    unknown: shape.eventErrors ? (ir.names.runtime["EventMessage"] ?? "unknown") : "unknown",
    isEmpty: shape.members.length === 0 && !isOpen,
    descriptor: descriptorView(describeShapeOf(ir, shape, references)),
  };
}

function enumView(shape: EnumIr, name: string): object {
  const values = [...new Set(shape.values.map(({ value }) => literal(value)))];
  const constants = describeEnum(shape);
  return {
    isEnum: true,
    comment: shapeComment(shape.facts, `Known values of ${name}. The service may return others.`),
    values: shape.values.map((each) => ({
      comment: valueComment(each.facts),
      entry: `${propertyKey(each.name)}: ${literal(constants[each.name])}`,
    })),
    type: [...values, shape.type === "enum" ? "(string & {})" : "(number & {})"].join(" | "),
  };
}

/** A descriptor's fields as template data, with one line for each member. */
export function descriptorView(descriptor: Descriptor): object {
  const { type, name, members, ...rest } = descriptor;
  return {
    type: literal(type),
    name: literal(name),
    members: Object.entries(members as Descriptor).map(([key, member]) => memberEntry(key, member)),
    rest: Object.entries(rest).map(([key, value]) => `${propertyKey(key)}: ${literal(value)}`),
  };
}

/** For the name of an `Object.prototype` member the compiler infers `string`, so the literal needs `as const`. */
function memberEntry(name: string, member: unknown): string {
  return `${propertyKey(name)}: ${literal(member)}${name in Object.prototype ? " as const" : ""}`;
}
