import { decodeCbor } from "../../../protocols/cbor/decode.js";
import type { SimpleMember, StructureShape } from "../../../schema/shapes.js";
import { parseTimestamp } from "../../../schema/timestamps.js";
import { readOrReject } from "./reject.js";
import { RequestTreeReader } from "./tree.js";

const reader = new RequestTreeReader({ wireName: (name) => name, simple: readSimple });

/** Reads a request's CBOR; an empty body is an empty structure. */
export function readCborStructure(shape: StructureShape, body: Uint8Array): object {
  if (body.byteLength === 0) return {};
  return readOrReject("CBOR", () => reader.readShape(shape, decodeCbor(body)));
}

function readSimple({ type }: SimpleMember, value: unknown, what: string): unknown {
  switch (type) {
    case "timestamp":
      return parseTimestamp(typeof value === "bigint" ? Number(value) : value, "epoch-seconds", what);
    case "float":
    case "double":
      return typeof value === "bigint" ? Number(value) : value;
    case "bigInteger":
      return Number.isInteger(value) ? BigInt(value as number) : value;
    case "bigDecimal":
      return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
    default:
      return value;
  }
}
