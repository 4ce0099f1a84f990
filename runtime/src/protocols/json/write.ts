import { getOwn, isObject, isPlain, oncePer } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type TimestampFormat,
  type UnionShape,
} from "../../schema/shapes.js";
import { encodeBase64 } from "../../text/bytes.js";
import { formatTimestamp } from "../../schema/timestamps.js";
import { JsonOutput } from "./output.js";

/** The differences between the JSON protocols. */
export interface JsonSettings {
  /** Whether `smithy.api#jsonName` is used (restJson1); awsJson uses member names. */
  readonly jsonName: boolean;
  /** Format of timestamps without `timestampFormat`. */
  readonly timestampFormat: TimestampFormat;
}

/** Writes a value that is neither undefined nor null. */
type Write = (value: unknown, out: JsonOutput) => void;

/** The output of the last call, whose memory the next one uses; undefined while a call writes. */
let spare: JsonOutput | undefined;

/**
 * Writers of one protocol, each created on first use: from the input directly to JSON. Members that are not in the model
 * are not written.
 */
export class JsonWriter {
  readonly #settings: JsonSettings;
  readonly #writeOf = oncePer((shape: StructureShape | UnionShape): Write => this.#structure(shape));

  constructor(settings: JsonSettings) {
    this.#settings = settings;
  }

  stringify(shape: StructureShape | UnionShape, value: object): string {
    const out = spare ?? new JsonOutput();
    spare = undefined;
    this.#writeOf(shape)(value, out);
    const json = out.take();
    spare = out;
    return json;
  }

  #member(member: Member): Write {
    if ("target" in member) {
      let write: Write | undefined;
      return (value, out) => (write ??= this.#writeOf(targetOf(member)))(value, out);
    }
    switch (member.type) {
      case "list":
        return this.#list(member);
      case "map":
        return this.#map(member);
      case "timestamp": {
        const format = member.timestampFormat ?? this.#settings.timestampFormat;
        return (value, out) => writeAny(value instanceof Date ? formatTimestamp(value, format) : value, out);
      }
      case "blob":
        return (value, out) => writeAny(value instanceof Uint8Array ? encodeBase64(value) : value, out);
      case "float":
      case "double":
        return (value, out) =>
          writeAny(typeof value === "number" && !Number.isFinite(value) ? String(value) : value, out);
      case "bigDecimal":
        return (value, out) => (typeof value === "string" ? out.json(value) : writeDigits(value, out));
      case "bigInteger":
      case "long":
        return writeDigits;
      default:
        return writeAny;
    }
  }

  #structure({ members }: StructureShape | UnionShape): Write {
    const { jsonName } = this.#settings;
    const writers = new Map(
      Object.entries(members).map(([name, member]) => {
        return [name, { key: (jsonName && member.jsonName) || name, write: this.#member(member) }];
      }),
    );
    return (value, out) => {
      if (!isObject(value)) return writeAny(value, out);
      let before = "";
      out.raw("{");
      // An object of a class may have members that it inherits.
      const isOwn = isPlain(value);
      for (const name of isOwn ? Object.keys(value) : writers.keys()) {
        const item = isOwn ? value[name] : getOwn(value, name);
        const writer = writers.get(name);
        if (!writer || !isSent(item)) continue;
        out.raw(before);
        out.text(writer.key);
        out.raw(":");
        writer.write(item, out);
        before = ",";
      }
      out.raw("}");
    };
  }

  #list(list: ListMember): Write {
    const write = this.#member(list.member);
    return (value, out) => {
      if (!Array.isArray(value)) return writeAny(value, out);
      out.raw("[");
      for (let index = 0; index < value.length; index++) {
        if (index > 0) out.raw(",");
        const item: unknown = value[index];
        if (isSent(item)) write(item, out);
        else out.raw("null");
      }
      out.raw("]");
    };
  }

  #map(map: MapMember): Write {
    const write = this.#member(map.value);
    return (value, out) => {
      if (!isObject(value)) return writeAny(value, out);
      let before = "";
      out.raw("{");
      for (const key of Object.keys(value)) {
        const item = value[key];
        if (!isSent(item) && !(item === null && map.sparse)) continue;
        out.raw(before);
        out.text(key);
        out.raw(":");
        (item === null ? writeAny : write)(item, out);
        before = ",";
      }
      out.raw("}");
    };
  }
}

/** Writes a value by its own type, as `JSON.stringify` does: texts, numbers, documents, and all if validation is off. */
function writeAny(value: unknown, out: JsonOutput): void {
  if (typeof value === "string") out.text(value);
  else if (typeof value === "object") out.json(JSON.stringify(value));
  else out.raw(JSON.stringify(value));
}

/** Writes a number, also one with digits that JavaScript's numbers cannot represent. */
function writeDigits(value: unknown, out: JsonOutput): void {
  if (typeof value === "bigint") out.json(String(value));
  else writeAny(value, out);
}

/** Whether a member with this value is sent. JSON has no form of a function, which is a value if validation is off. */
function isSent(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== "function" && typeof value !== "symbol";
}
