import type { SimpleMember, StructureShape, TimestampFormat, UnionShape } from "../../schema/shapes.js";
import { decodeBase64, decodeUtf8 } from "../../text/bytes.js";
import { parseTimestamp } from "../../schema/timestamps.js";
import type { HttpResponse } from "../../schema/http.js";
import type { Operation } from "../../schema/service.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { type Read, TreeReader } from "./tree.js";
import type { JsonSettings } from "./write.js";

/** Readers of one protocol, for values from `JSON.parse`. */
export class JsonReader extends TreeReader {
  readonly #settings: JsonSettings;

  constructor(settings: JsonSettings, simple: SimpleReader = simpleReader) {
    const { jsonName, timestampFormat } = settings;
    super({
      wireName: (name, member) => (jsonName && member.jsonName) || name,
      simple: (member, what) => simple(member, what, timestampFormat),
    });
    this.#settings = settings;
  }

  /** The reader of an operation: an exact one, if the operation has the feature `exact-numbers`. */
  of({ features }: Pick<Operation, "features">): JsonReader {
    const exact = features?.find(({ name }) => name === "exact-numbers");
    return exact ? (exact.data as ExactNumbers)(this.#settings) : this;
  }

  /**
   * Reads a shape from a body; undefined if the body is empty.
   *
   * @param wrap converts the parsed body to the shape's form
   * @throws SyntaxError for invalid JSON
   */
  readBody(
    shape: StructureShape | UnionShape,
    { body }: HttpResponse,
    wrap: (json: unknown) => unknown = (json) => json,
  ): unknown {
    return body.byteLength === 0 ? undefined : this.readOf(shape)(wrap(this.parse(decodeUtf8(body))));
  }

  protected parse(text: string): unknown {
    return JSON.parse(text);
  }
}

/** Data of the feature `exact-numbers`: creates a reader that loses no digits. */
export type ExactNumbers = (settings: JsonSettings) => JsonReader;

export type SimpleReader = (member: SimpleMember, what: string, timestampFormat: TimestampFormat) => Read | undefined;

export function simpleReader(member: SimpleMember, what: string, timestampFormat: TimestampFormat): Read | undefined {
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
