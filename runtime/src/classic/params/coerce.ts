import { type Member, type StructureShape, targetOf, type UnionShape } from "../../schema/shapes.js";
import { isBytes, isDate, setOwn } from "../../schema/values.js";
import { isNumeral } from "./check.js";
import { isJsonValue } from "./json-value.js";

/** A copy of what is given, member by member in the form that protocols write. What is not set or not known is left out. */
export function coerceStructure({ members }: StructureShape | UnionShape, value: unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(Object(value) as Record<string, unknown>)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member && item !== undefined && item !== null) setOwn(copy, name, coerce(member, item));
  }
  return copy;
}

/** What cannot be brought into the form is left as it is: unchecked, it fails when it is written. */
function coerce(member: Member, value: unknown): unknown {
  if ("target" in member) return typeof value === "object" ? coerceStructure(targetOf(member), value) : value;
  switch (member.type) {
    case "list": {
      if (!Array.isArray(value)) return value;
      const items = value.filter((item) => item !== undefined && (item !== null || member.sparse));
      return items.map((item) => (item === null ? null : coerce(member.member, item)));
    }
    case "map": {
      if (typeof value !== "object" || value === null) return value;
      const copy: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        if (item === undefined || (item === null && !member.sparse)) continue;
        setOwn(copy, key, item === null ? null : coerce(member.value, item));
      }
      return copy;
    }
    case "string":
      if (isJsonValue(member)) return JSON.stringify(value);
      return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    case "byte":
    case "short":
    case "integer":
    case "long":
      return typeof value === "bigint" ? value : Math.trunc(numberOf(value));
    case "float":
    case "double":
      return numberOf(value);
    case "bigInteger":
      return bigIntOf(value);
    case "bigDecimal":
      return String(value);
    case "timestamp":
      return dateOf(value);
    case "blob":
      return bytesOf(value);
    default:
      return value;
  }
}

function numberOf(value: unknown): number {
  return typeof value === "string" ? Number.parseFloat(value) : Number(value);
}

function bigIntOf(value: unknown): unknown {
  if (typeof value === "string" && /^-?\d+$/.test(value)) return BigInt(value);
  const number = typeof value === "string" && isNumeral(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? BigInt(Math.trunc(number)) : value;
}

/** Numbers are seconds, whatever the protocol. */
function dateOf(value: unknown): unknown {
  if (typeof value === "number") return new Date(value * 1000);
  return isDate(value) ? value : new Date(value as string);
}

function bytesOf(value: unknown): unknown {
  if (typeof value === "string") return Buffer.from(value, "utf8");
  if (isBytes(value)) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const isBuffer = value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
  return isBuffer ? new Uint8Array(value) : value;
}
