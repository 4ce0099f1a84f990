import { parseTimestamp } from "../../schema/timestamps.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { type SimpleMember, type Read, TreeReader } from "../tree/read.js";

/** Readers of rpcv2Cbor, for values from `decodeCbor`. */
export class CborReader extends TreeReader {
  constructor() {
    super({ wireName: (name) => name, simple: simpleReader });
  }
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
    case "byte":
    case "short":
    case "integer":
    case "long":
    case "float":
    case "double":
      return (value) => (typeof value === "bigint" ? Number(value) : value);
    case "bigInteger":
      return (value) => {
        if (typeof value === "bigint") return value;
        if (!Number.isInteger(value)) throw new ResponseMismatch(what, "a whole number", value);
        return BigInt(value as number);
      };
    case "bigDecimal":
      return (value) => (typeof value === "number" || typeof value === "bigint" ? String(value) : value);
    default:
      return undefined;
  }
}
