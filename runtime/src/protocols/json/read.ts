import type { StructureShape, TimestampFormat, UnionShape } from "../../schema/shapes.js";
import { decodeBase64, decodeUtf8 } from "../../text/bytes.js";
import { parseTimestamp } from "../../schema/timestamps.js";
import type { HttpResponse } from "../../schema/http.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { type SimpleMember, type Read, TreeReader } from "../tree/read.js";
import { digitsOf, holdsBigNumbers, parseExactly, withPlainNumbers } from "./exact.js";
import type { JsonSettings } from "./write.js";

/** Readers of one protocol, for values from `JSON.parse`. */
export class JsonReader extends TreeReader {
  readonly #settings: JsonSettings;
  #exact: ExactReader | undefined;

  constructor(settings: JsonSettings) {
    super(formatOf(settings, simpleReader));
    this.#settings = settings;
  }

  /**
   * Reads a shape from a body, with numbers of any size; undefined if the body is empty.
   *
   * @param wrap converts the parsed body to the shape's form
   * @throws SyntaxError for invalid JSON
   */
  readBody(
    shape: StructureShape | UnionShape,
    { body }: HttpResponse,
    wrap: (json: unknown) => unknown = (json) => json,
  ): unknown {
    if (body.byteLength === 0) return undefined;
    const text = decodeUtf8(body);
    if (!holdsBigNumbers(shape).any) return this.readOf(shape)(wrap(JSON.parse(text)));
    this.#exact ??= new ExactReader(this.#settings);
    return this.#exact.readOf(shape)(wrap(parseExactly(text)));
  }
}

/** Readers for values from `parseExactly`. */
class ExactReader extends TreeReader {
  constructor(settings: JsonSettings) {
    super(formatOf(settings, exactReader));
  }
}

type SimpleReader = (member: SimpleMember, what: string, timestampFormat: TimestampFormat) => Read | undefined;

function formatOf(
  { jsonName, timestampFormat }: JsonSettings,
  simple: SimpleReader,
): ConstructorParameters<typeof TreeReader>[0] {
  return {
    wireName: (name, member) => (jsonName && member.jsonName) || name,
    simple: (member, what) => simple(member, what, timestampFormat),
  };
}

function exactReader(member: SimpleMember, what: string, timestampFormat: TimestampFormat): Read | undefined {
  const read = simpleReader(member, what, timestampFormat);
  if (member.type === "bigInteger") {
    return (value) => {
      const digits = digitsOf(value);
      return digits !== undefined && /^-?\d+$/.test(digits) ? BigInt(digits) : read?.(withPlainNumbers(value));
    };
  }
  if (member.type === "bigDecimal") return (value) => digitsOf(value) ?? read?.(value);
  if (member.type === "string") return undefined;
  return (value) => (read ? read(withPlainNumbers(value)) : withPlainNumbers(value));
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
