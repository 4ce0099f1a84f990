/** Reads decoded CBOR by the model, one rule after the other: what the reader that reads bytes is compared with. */
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "#runtime/schema/shapes.js";
import { parseTimestamp } from "#runtime/schema/timestamps.js";
import { isObject, setOwn } from "#runtime/schema/values.js";
import { decodeCbor } from "./before/cbor-decode.js";

export function readCbor(shape: StructureShape, body: Uint8Array): unknown {
  return readShape(shape, decodeCbor(body));
}

function readShape(shape: StructureShape | UnionShape, value: unknown): unknown {
  const set = Object.entries(objectOf(value, shape.name)).filter(([, item]) => item !== null);
  const values: Record<string, unknown> = {};
  if (shape.type === "union") {
    const named = set.filter(([name]) => name !== "__type");
    if (named.length > 1) throw new ResponseMismatch(shape.name, "one of its members", value);
    const [unknown] = named.filter(([name]) => !Object.hasOwn(shape.members, name));
    if (unknown) return { $unknown: unknown };
  }
  for (const [name, item] of set) {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member) setOwn(values, name, readMember(member, item, `${shape.name}.${name}`));
  }
  return values;
}

function readMember(member: Member, value: unknown, what: string): unknown {
  if ("target" in member) return readShape(targetOf(member), value);
  switch (member.type) {
    case "list": {
      if (!Array.isArray(value)) throw new ResponseMismatch(what, "an array", value);
      const items = value.filter((item) => item !== null || member.sparse);
      return items.map((item) => (item === null ? null : readMember(member.member, item, what)));
    }
    case "map": {
      const values: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(objectOf(value, what))) {
        if (item !== null) setOwn(values, key, readMember(member.value, item, what));
        else if (member.sparse) setOwn(values, key, null);
      }
      return values;
    }
    case "timestamp":
      return parseTimestamp(value, "epoch-seconds", what);
    case "blob":
      if (!(value instanceof Uint8Array)) throw new ResponseMismatch(what, "bytes", value);
      return value;
    case "integer":
    case "double":
      return typeof value === "bigint" ? Number(value) : value;
    case "bigInteger":
      if (typeof value !== "bigint" && !Number.isInteger(value)) {
        throw new ResponseMismatch(what, "a whole number", value);
      }
      return BigInt(value as number | bigint);
    default:
      return value;
  }
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (!isObject(value)) throw new ResponseMismatch(what, "an object", value);
  return value;
}
