import type { SimpleType } from "../../model/model.js";
import type { MemberIr, ServiceIr, StructureIr, UnionIr } from "../../ir/ir.js";

/** Direction of a value. It decides the type: values that are only sent are `readonly`. */
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

/** The type of a member's value. */
export function typeText(member: MemberIr, direction: Direction, ir: ServiceIr): string {
  const { type } = member;
  if ("shape" in type) return ir.names.shapes.get(type.shape) ?? "never";
  const element = (each: MemberIr): string => `${typeText(each, direction, ir)}${member.sparse ? " | null" : ""}`;
  if ("member" in type) {
    const item = element(type.member);
    const array = item.includes(" | ") || item.startsWith("readonly ") ? `(${item})[]` : `${item}[]`;
    return direction === "input" ? `readonly ${array}` : array;
  }
  if ("key" in type) {
    const record = `Record<string, ${element(type.value)}>`;
    return direction === "input" ? `Readonly<${record}>` : record;
  }
  return type.type === "document" ? (ir.names.runtime["DocumentType"] ?? "unknown") : simpleTypes[type.type];
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
  const isText = takesText(member) && !shape.inOutput;
  const isStream = member.streaming || member.eventStream;
  const type = isStream
    ? streamType(member, shape, ir)
    : `${isText ? "string | " : ""}${typeText(member, directionOf(shape), ir)}`;
  // A response always has a body, which may be empty.
  const mayBeMissing = shape.inOutput && (member.clientOptional || ir.outputs === "optional");
  const isPresent = (isStream && !shape.inInput) || (member.required && !mayBeMissing);
  if (isPresent) return { optional: false, type };
  return { optional: true, type: shape.inInput ? `${type} | undefined` : type };
}

/** As in the runtime: a blob that is a body or a header by itself may be text, which is sent in UTF-8. */
function takesText({ type, bindings }: MemberIr): boolean {
  return type.type === "blob" && ("httpPayload" in bindings || "httpHeader" in bindings);
}

/** Both types in the rare structure that is an input and an output. */
function streamType(member: MemberIr, { inInput, inOutput }: StructureIr, ir: ServiceIr): string {
  const { runtime } = ir.names;
  const events = member.eventStream ? `<${typeText(member, "output", ir)}>` : "";
  const [sent, received] = member.eventStream
    ? ["EventStreamInput", "EventStream"]
    : ["StreamingInput", "StreamingBody"];
  return [inInput && runtime[sent], inOutput && runtime[received]]
    .filter(Boolean)
    .map((name) => `${String(name)}${events}`)
    .join(" | ");
}

/**
 * Whether an operation can be called without an input. For the compiler `{}` has the members of `Object.prototype`, so
 * it is not assignable to a type with a member of such a name.
 */
export function needsNothing(input: StructureIr | undefined, ir: ServiceIr): boolean {
  return !input?.members.some(
    (member) => !memberDeclaration(member, input, ir).optional || member.name in Object.prototype,
  );
}
