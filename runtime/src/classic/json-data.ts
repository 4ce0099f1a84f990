import { type Member, type StructureShape, targetOf, type UnionShape } from "../schema/shapes.js";
import { getOwn, setOwn } from "../schema/values.js";
import { awsError } from "./aws-error.js";

/** How JSON is read. */
export interface JsonForm {
  /** Members have the name of their `smithy.api#jsonName`. */
  readonly usesJsonNames: boolean;
  /** Absent lists are empty ones, as AWS SDK v2 has it for services that spoke the query protocol before. */
  readonly fillsLists: boolean;
}

/**
 * A JSON value in the form of AWS SDK v2: known members only, each converted to its type rather than rejected. Null in place
 * of a structure, list or map counts as absent; inside a list or map it is kept.
 */
export function readJson(member: Member, value: unknown, form: JsonForm): unknown {
  if ("target" in member) return readStructure(targetOf(member), value, form);
  if (value === null || value === undefined) {
    return member.type === "list" || member.type === "map" ? undefined : value;
  }
  switch (member.type) {
    case "list":
      return Object.values(value).map((item) => readJson(member.member, item, form) ?? null);
    case "map": {
      const map: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        setOwn(map, key, readJson(member.value, item, form) ?? null);
      }
      return map;
    }
    case "string":
    case "bigDecimal":
      return String(value);
    case "boolean":
      return typeof value === "boolean" ? value : value === "true";
    case "byte":
    case "short":
    case "integer":
    case "long":
      return Number.parseInt(String(value), 10);
    case "bigInteger":
      return BigInt(String(value));
    case "float":
    case "double":
      return Number.parseFloat(String(value));
    case "blob":
      // In memory of its own: Node's buffer pool is shared.
      return Buffer.from(new Uint8Array(Buffer.from(String(value), "base64")).buffer);
    case "timestamp":
      return readDate(value);
    case "document":
      return value;
  }
}

function readStructure(shape: StructureShape | UnionShape, value: unknown, form: JsonForm): unknown {
  if (value === null || value === undefined) return undefined;
  const read: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const wireName = (form.usesJsonNames && member.jsonName) || name;
    if (!Object.hasOwn(value as object, wireName)) {
      if (form.fillsLists && "type" in member && member.type === "list") setOwn(read, name, []);
      continue;
    }
    const item = readJson(member, getOwn(value as Record<string, unknown>, wireName), form);
    if (item !== undefined) setOwn(read, name, item);
  }
  return read;
}

/** Seconds, as a number or as text, or a formatted date. */
function readDate(value: unknown): Date | null {
  if (typeof value === "number") return new Date(value * 1000);
  if (typeof value !== "string") return null;
  const date = /^\d+(\.\d+)?$/.test(value) ? new Date(Number(value) * 1000) : new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw awsError(new Error("unhandled timestamp format"), { code: "TimestampParserError" });
}
