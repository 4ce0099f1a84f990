import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type TimestampFormat,
  type UnionShape,
} from "../../schema/shapes.js";
import { oncePer } from "../../schema/once.js";
import { getOwn, isObject, setOwn } from "../../schema/values.js";
import { encodeBase64 } from "../../text/bytes.js";
import { formatTimestamp } from "../../time/timestamps.js";

/** Turns a value in the model's form into one that `JSON.stringify` writes in the protocol's. */
type Write = (value: unknown) => unknown;

/** How one protocol differs in what it writes and reads as JSON. */
export interface JsonSettings {
  /** `smithy.api#jsonName` counts (restJson1); awsJson sends the members' own names. */
  readonly jsonName: boolean;
  /** Format of timestamps that carry no `timestampFormat`. */
  readonly timestampFormat: TimestampFormat;
}

/** Writers of one protocol, each made at its first use. Members that the model does not know are not written. */
export class JsonWriter {
  readonly #settings: JsonSettings;
  readonly writeOf = oncePer((shape: StructureShape | UnionShape): Write => this.#structure(shape));
  /** Set by the writer of a number that `JSON.stringify` refuses; writing is synchronous, so one flag serves. */
  #big = false;

  constructor(settings: JsonSettings) {
    this.#settings = settings;
  }

  stringify(shape: StructureShape | UnionShape, value: object): string {
    this.#big = false;
    const written = this.writeOf(shape)(value);
    return this.#big ? stringifyBig(written) : JSON.stringify(written);
  }

  /** Undefined where the value is written as it is. */
  #member(member: Member): Write | undefined {
    if ("target" in member) {
      let write: Write | undefined;
      return (value) => (write ??= this.writeOf(targetOf(member)))(value);
    }
    switch (member.type) {
      case "timestamp": {
        const format = member.timestampFormat ?? this.#settings.timestampFormat;
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
          const big = typeof value === "bigint" || (member.type === "bigDecimal" && typeof value === "string");
          if (!big) return value;
          this.#big = true;
          return new RawNumber(String(value));
        };
      case "list":
        return this.#list(member);
      case "map":
        return this.#map(member);
      default:
        return undefined;
    }
  }

  #structure(shape: StructureShape | UnionShape): Write {
    const members = Object.entries(shape.members).map(([name, member]) => ({
      name,
      wireName: (this.#settings.jsonName && member.jsonName) || name,
      write: this.#member(member),
    }));
    return (value) => {
      if (!isObject(value)) return value;
      const written: Record<string, unknown> = {};
      for (const { name, wireName, write } of members) {
        const item = getOwn(value, name);
        if (item !== undefined && item !== null) setOwn(written, wireName, write ? write(item) : item);
      }
      return written;
    };
  }

  #list(list: ListMember): Write | undefined {
    const write = this.#member(list.member);
    if (!write) return undefined;
    return (value) =>
      Array.isArray(value) ? value.map((item) => (item === null || item === undefined ? null : write(item))) : value;
  }

  #map(map: MapMember): Write {
    const write = this.#member(map.value);
    return (value) => {
      if (!isObject(value)) return value;
      const written: Record<string, unknown> = {};
      for (const key of Object.keys(value)) {
        const item = value[key];
        if (item === undefined || (item === null && !map.sparse)) continue;
        setOwn(written, key, write && item !== null ? write(item) : item);
      }
      return written;
    };
  }
}

/** A number whose digits JavaScript's number type cannot hold. */
class RawNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** `JSON.stringify` for values that hold raw numbers. */
function stringifyBig(value: unknown): string {
  if (value instanceof RawNumber) return value.digits;
  if (Array.isArray(value)) return `[${value.map(stringifyBig).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${stringifyBig(item)}`)
    .join(",")}}`;
}
