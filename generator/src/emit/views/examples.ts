import type { ExampleIr, MemberIr, OperationIr, ServiceIr, StructureIr, TypeIr } from "../../ir/ir.js";
import { Code, literal } from "../../text/literal.js";

/** A call as its user would write it, from one of the model's examples. */
export function exampleCall(
  operation: OperationIr,
  example: Pick<ExampleIr, "input">,
  ir: ServiceIr,
  form: "function" | "method",
): string {
  const name = ir.names.operations.get(operation.id)?.function ?? "";
  const call = form === "function" ? `await ${name}` : `await ${instanceName(ir)}.${name}`;
  return `${call}(${exampleArguments(operation, example, ir, form, call.length)});`;
}

/** What stands between the parentheses of a call, the first of them after `used` columns. */
export function exampleArguments(
  { input }: OperationIr,
  example: Pick<ExampleIr, "input">,
  ir: ServiceIr,
  form: "function" | "method",
  used: number,
): string {
  const client = form === "function" ? ["client"] : [];
  const value = input ? structureValue(example.input, input, ir) : {};
  if (Object.keys(value).length === 0) return client.join("");
  return [...client, literal(value, 0, used + "(client, );".length)].join(", ");
}

/** What examples call the service object. */
export function instanceName(ir: ServiceIr): string {
  return ir.names.service.toLowerCase().replace(/^_*/, "");
}

function structureValue(
  value: Readonly<Record<string, unknown>>,
  shape: StructureIr,
  ir: ServiceIr,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const member = shape.members.find((each) => each.name === name);
      return member ? [[name, memberValue(item, member, ir)]] : [];
    }),
  );
}

/** A node value of the model as the TypeScript value that it stands for. */
function memberValue(value: unknown, member: MemberIr, ir: ServiceIr): unknown {
  const { type } = member;
  if (value === null) return null;
  if ("member" in type && Array.isArray(value)) return value.map((item) => memberValue(item, type.member, ir));
  if ("key" in type && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, memberValue(item, type.value, ir)]));
  }
  if ("shape" in type && isRecord(value)) return aggregateValue(value, type, ir);
  if (type.type === "timestamp") return timestamp(value);
  if (member.streaming) return value;
  if (type.type === "blob" && typeof value === "string") return new Code(`new TextEncoder().encode(${literal(value)})`);
  if (type.type === "bigInteger" && isWhole(value)) return BigInt(value);
  if ((type.type === "float" || type.type === "double") && typeof value === "string") return Number(value);
  if (type.type === "bigDecimal" && typeof value === "number") return String(value);
  return value;
}

function aggregateValue(
  value: Readonly<Record<string, unknown>>,
  type: Extract<TypeIr, { shape: string }>,
  ir: ServiceIr,
): unknown {
  const shape = ir.shapes.get(type.shape);
  if (!shape || !("members" in shape)) return value;
  return structureValue(value, shape as StructureIr, ir);
}

/** Node values hold a timestamp as seconds or as one of the formats that `Date` reads. */
function timestamp(value: unknown): unknown {
  const date = new Date(typeof value === "number" ? value * 1000 : String(value));
  return Number.isNaN(date.getTime())
    ? value
    : new Code(`new Date(${literal(date.toISOString().replace(".000Z", "Z"))})`);
}

function isWhole(value: unknown): value is number | string {
  return typeof value === "number" ? Number.isInteger(value) : typeof value === "string" && /^-?\d+$/.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
