import type { TimestampFormat } from "../../schema/shapes.js";
import { decodeBase64 } from "../../text/bytes.js";
import { parseTimestamp } from "../../time/timestamps.js";
import { ResponseMismatch } from "../mismatch.js";
import type { SimpleMember } from "../tree/format.js";
import { type Read, TreeReader } from "../tree/read.js";
import type { JsonSettings } from "./write.js";

/** Readers of one protocol: of values fresh from `JSON.parse`. */
export class JsonReader extends TreeReader {
  constructor({ jsonName, timestampFormat }: JsonSettings) {
    super({
      wireName: (name, member) => (jsonName && member.jsonName) || name,
      simple: (member, what) => simpleReader(member, what, timestampFormat),
    });
  }
}

function simpleReader(member: SimpleMember, what: string, timestampFormat: TimestampFormat): Read | undefined {
  switch (member.type) {
    case "timestamp": {
      const format = member.timestampFormat ?? timestampFormat;
      return (value) => parseTimestamp(value, format, what);
    }
    case "blob":
      return (value) => {
        if (typeof value !== "string") throw new ResponseMismatch(what, "base64 text", value);
        return decodeBase64(value);
      };
    case "float":
    case "double":
      return (value) => (typeof value === "string" ? readFloat(value, what) : value);
    case "bigInteger":
      return (value) => {
        if (!Number.isInteger(value)) throw new ResponseMismatch(what, "a whole number", value);
        return BigInt(value as number);
      };
    case "bigDecimal":
      return (value) => (typeof value === "number" ? String(value) : value);
    default:
      return undefined;
  }
}

function readFloat(text: string, what: string): number {
  if (text === "NaN") return NaN;
  if (text === "Infinity") return Infinity;
  if (text === "-Infinity") return -Infinity;
  throw new ResponseMismatch(what, "a number", text);
}
