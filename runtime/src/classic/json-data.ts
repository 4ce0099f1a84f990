import { type Member, type StructureShape, targetOf, type UnionShape } from "../schema/shapes.js";
import { getOwn, setOwn } from "../schema/values.js";
import { awsError } from "./aws-error.js";

/**
 * What JSON holds, in the original's form: known members only, each brought to its type rather than refused. Nothing in
 * place of a structure, list or map counts as not there; in a list or map it stays.
 *
 * @param usesJsonNames members go by their `smithy.api#jsonName`
 */
export function readJson(member: Member, value: unknown, usesJsonNames: boolean): unknown {
  if ("target" in member) return readStructure(targetOf(member), value, usesJsonNames);
  if (value === null || value === undefined) {
    return member.type === "list" || member.type === "map" ? undefined : value;
  }
  switch (member.type) {
    case "list":
      return Object.values(value).map((item) => readJson(member.member, item, usesJsonNames) ?? null);
    case "map": {
      const map: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        setOwn(map, key, readJson(member.value, item, usesJsonNames) ?? null);
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
      // On memory of its own: a slice of Node's buffer pool would share it with strangers.
      return Buffer.from(new Uint8Array(Buffer.from(String(value), "base64")).buffer);
    case "timestamp":
      return readDate(value);
    case "document":
      return value;
  }
}

function readStructure(shape: StructureShape | UnionShape, value: unknown, usesJsonNames: boolean): unknown {
  if (value === null || value === undefined) return undefined;
  const read: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const wireName = (usesJsonNames && member.jsonName) || name;
    if (!Object.hasOwn(value as object, wireName)) continue;
    const item = readJson(member, getOwn(value as Record<string, unknown>, wireName), usesJsonNames);
    if (item !== undefined) setOwn(read, name, item);
  }
  return read;
}

/** Seconds, as a number or in text, or a date in words. */
function readDate(value: unknown): Date | null {
  if (typeof value === "number") return new Date(value * 1000);
  if (typeof value !== "string") return null;
  const date = /^\d+(\.\d+)?$/.test(value) ? new Date(Number(value) * 1000) : new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw awsError(new Error("unhandled timestamp format"), { code: "TimestampParserError" });
}
