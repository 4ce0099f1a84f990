import { isAnyObject } from "../../text/any-object.js";
import type { StructureShape, TimestampFormat, UnionShape } from "../../schema/shapes.js";
import { encodeBase64 } from "../../text/bytes.js";
import { formatTimestamp } from "../../schema/timestamps.js";
import type { SimpleMember } from "../tree/read.js";
import { TreeWriter, type Write } from "../tree/write.js";

/** The differences between the JSON protocols. */
export interface JsonSettings {
  /** Whether `smithy.api#jsonName` is used (restJson1); awsJson uses member names. */
  readonly jsonName: boolean;
  /** Format of timestamps without `timestampFormat`. */
  readonly timestampFormat: TimestampFormat;
}

/** Set by the writer of a number that `JSON.stringify` rejects. Writing is synchronous, so one flag is enough. */
let isBig = false;

/** Writers of one protocol, to values that `JSON.stringify` serializes. */
export class JsonWriter extends TreeWriter {
  constructor({ jsonName, timestampFormat }: JsonSettings) {
    super({
      wireName: (name, member) => (jsonName && member.jsonName) || name,
      simple: (member) => simpleWriter(member, timestampFormat),
    });
  }

  stringify(shape: StructureShape | UnionShape, value: object): string {
    isBig = false;
    const written = this.writeOf(shape)(value);
    return isBig ? stringifyBig(written) : JSON.stringify(written);
  }
}

function simpleWriter(member: SimpleMember, timestampFormat: TimestampFormat): Write | undefined {
  switch (member.type) {
    case "timestamp": {
      const format = member.timestampFormat ?? timestampFormat;
      return (value) => (value instanceof Date ? formatTimestamp(value, format) : value);
    }
    case "blob":
      return (value) => (value instanceof Uint8Array ? encodeBase64(value) : value);
    case "float":
    case "double":
      return (value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);
    case "bigDecimal":
    case "bigInteger":
    case "long":
      return (value) => {
        if (typeof value !== "bigint" && !(member.type === "bigDecimal" && typeof value === "string")) return value;
        isBig = true;
        return new RawNumber(String(value));
      };
    default:
      return undefined;
  }
}

/** A number with digits that a JavaScript number cannot represent. */
class RawNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** `JSON.stringify` for values that contain raw numbers. */
function stringifyBig(value: unknown): string {
  if (value instanceof RawNumber) return value.digits;
  if (Array.isArray(value)) return `[${value.map(stringifyBig).join(",")}]`;
  if (!isAnyObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${stringifyBig(item)}`)
    .join(",")}}`;
}
