import type { ExampleIr, MemberIr, OperationIr, ServiceIr, StructureIr, TypeIr } from "../../ir/ir.js";
import { classicMembers } from "../../ir/reserved.js";
import { Code, literal } from "../../text/literal.js";
import { requiresEndpoint } from "./endpoint.js";

/** The call of an operation's function with the input of an example. */
export function exampleCall(operation: OperationIr, example: Pick<ExampleIr, "input">, ir: ServiceIr): string {
  const call = `await ${ir.names.operations.get(operation.id)?.function ?? ""}`;
  return `${call}(${exampleArguments(operation, example, ir, call.length)});`;
}

/** The arguments of a call, which start after `used` columns. */
export function exampleArguments(
  operation: OperationIr,
  example: Pick<ExampleIr, "input">,
  ir: ServiceIr,
  used: number,
): string {
  const input = exampleInput(operation, example, ir, used + "(client, );".length);
  return input === undefined ? "client" : `client, ${input}`;
}

/** The input of an example, which starts after `used` columns. Undefined if it has no members. */
export function exampleInput(
  { input }: OperationIr,
  example: Pick<ExampleIr, "input">,
  ir: ServiceIr,
  used: number,
): string | undefined {
  const value = input ? structureValue(example.input, input, ir) : {};
  return Object.keys(value).length === 0 ? undefined : literal(value, 0, used);
}

/** The output of an example. */
export function exampleOutput(shape: StructureIr, output: Readonly<Record<string, unknown>>, ir: ServiceIr): string {
  return literal(structureValue(output, shape, ir), 0);
}

/** Options of a client that is typical: its Region, or its endpoint and its identity. */
export function exampleOptions(ir: ServiceIr): string {
  if (ir.isAws) return '{ region: "us-east-1" }';
  const options = [...(requiresEndpoint(ir) ? ['endpoint: "https://api.example.com"'] : []), ...identityOptions(ir)];
  return options.length === 0 ? "" : `{ ${options.join(", ")} }`;
}

/** How the option of the preferred auth scheme is set. */
export function identityOptions({ authSchemes: [first], authOptions: [other] }: ServiceIr): readonly string[] {
  const [name] = (first?.options ?? other)?.names ?? [];
  if (name === "login") return ['login: { username: "reader", password: "…" }'];
  return name === undefined ? [] : [`${name}: "…"`];
}

/** Whether the package has a classic service object with a method for the operation. */
export function hasClassicMethod({ id }: OperationIr, ir: ServiceIr): boolean {
  return ir.isAws && !classicMembers.has(ir.names.operations.get(id)?.function ?? "");
}

/** Variable name of a service object in examples. */
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

/** Converts a node value of the model to a TypeScript value. */
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

/** Timestamps in node values are epoch seconds or strings that `Date` can parse. */
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
