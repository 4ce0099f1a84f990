import type { SimpleType } from "../ast/model.js";
import type { MemberIr, ServiceIr, StructureIr, TypeIr, UnionIr } from "../ir/ir.js";

/** Which way a value travels decides how its type is written: what is only sent is only read by us. */
export type Direction = "input" | "output";

const simpleTypes: Readonly<Record<Exclude<SimpleType, "document">, string>> = {
  blob: "Uint8Array",
  boolean: "boolean",
  string: "string",
  byte: "number",
  short: "number",
  integer: "number",
  long: "number",
  float: "number",
  double: "number",
  bigInteger: "bigint",
  bigDecimal: "string",
  timestamp: "Date",
};

export function typeText(type: TypeIr, direction: Direction, { names }: ServiceIr): string {
  return print(type);

  function print(each: TypeIr): string {
    if ("shape" in each) return names.shapes.get(each.shape) ?? "never";
    if ("member" in each) {
      const item = element(each.member);
      const array = item.includes(" ") ? `(${item})[]` : `${item}[]`;
      return direction === "input" ? `readonly ${array}` : array;
    }
    if ("key" in each) {
      const record = `Record<string, ${element(each.value)}>`;
      return direction === "input" ? `Readonly<${record}>` : record;
    }
    return each.type === "document" ? (names.runtime["DocumentType"] ?? "unknown") : simpleTypes[each.type];
  }

  function element(member: MemberIr): string {
    return member.sparse ? `${print(member.type)} | null` : print(member.type);
  }
}

export function directionOf(shape: StructureIr | UnionIr): Direction {
  return shape.inOutput ? "output" : "input";
}

/** How a structure's member is declared: `?: string | undefined`. */
export function memberDeclaration(
  member: MemberIr,
  shape: StructureIr,
  ir: ServiceIr,
): { optional: boolean; type: string } {
  const type = typeText(member.type, directionOf(shape), ir);
  const isPresent = member.required && !(shape.inOutput && member.clientOptional);
  if (isPresent) return { optional: false, type };
  return { optional: true, type: shape.inInput ? `${type} | undefined` : type };
}

/** Whether an operation can be called without an input. */
export function needsNothing(input: StructureIr | undefined, ir: ServiceIr): boolean {
  return !input?.members.some((member) => !memberDeclaration(member, input, ir).optional);
}
