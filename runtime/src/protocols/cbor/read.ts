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
      return (value) => (isValidDate(value) ? value : parseTimestamp(value, "epoch-seconds", what));
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
      return (value) => (typeof value === "number" ? value : numberOf(value));
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

/** The number of an integer beyond 2^53, or of a date: `decodeCbor` returns dates for tagged numbers in an array. */
export function numberOf(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  return typeof value === "bigint" ? Number(value) : value;
}

function isValidDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}
