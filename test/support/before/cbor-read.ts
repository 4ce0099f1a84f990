/** The reader of CBOR before the one that the runtime has now, over decoded values: what the reader is compared with. */
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { type Read, TreeReader } from "#runtime/protocols/json/tree.js";
import type { SimpleMember, StructureShape } from "#runtime/schema/shapes.js";
import { parseTimestamp } from "#runtime/schema/timestamps.js";
import { decodeCbor } from "./cbor-decode.js";

const reader = new TreeReader({ wireName: (name) => name, simple: simpleReader });

export function readCbor(shape: StructureShape, body: Uint8Array): unknown {
  return reader.readOf(shape)(decodeCbor(body));
}

function simpleReader({ type }: SimpleMember, what: string): Read | undefined {
  switch (type) {
    case "timestamp":
      return (value) => parseTimestamp(value, "epoch-seconds", what);
    case "blob":
      return (value) => {
        if (!(value instanceof Uint8Array)) throw new ResponseMismatch(what, "bytes", value);
        return value;
      };
    case "integer":
    case "double":
      return (value) => (typeof value === "bigint" ? Number(value) : value);
    case "bigInteger":
      return (value) => {
        if (typeof value === "bigint") return value;
        if (!Number.isInteger(value)) throw new ResponseMismatch(what, "a whole number", value);
        return BigInt(value as number);
      };
    default:
      return undefined;
  }
}
