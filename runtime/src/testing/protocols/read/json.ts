import { digitsOf, parseExactly, withPlainNumbers } from "../../../protocols/json/exact.js";
import type { JsonSettings } from "../../../protocols/json/write.js";
import type { Member, SimpleMember, StructureShape, TimestampFormat } from "../../../schema/shapes.js";
import { decodeUtf8 } from "../../../text/bytes.js";
import { readBase64, readTimestamp } from "./simple.js";
import { readOrReject, unreadable } from "./reject.js";
import { RequestTreeReader } from "./tree.js";

/** Reads JSON in requests, with numbers of any size. */
export class JsonRequestReader {
  readonly #reader: RequestTreeReader;

  constructor({ jsonName, timestampFormat }: JsonSettings) {
    this.#reader = new RequestTreeReader({
      wireName: (name, member) => (jsonName && member.jsonName) || name,
      simple: (member, value, what) => readSimple(member, value, what, timestampFormat),
    });
  }

  /** An empty body is an empty structure. */
  readStructure(shape: StructureShape, body: Uint8Array): object {
    if (body.byteLength === 0) return {};
    return readOrReject("JSON", () => this.#reader.readShape(shape, parse(body)));
  }

  readMember(member: Member, body: Uint8Array, what: string): unknown {
    return readOrReject("JSON", () => this.#reader.readMember(member, parse(body), what) ?? undefined);
  }
}

/** Max number of nested values, as in XML and CBOR. */
const maxDepth = 500;

function parse(body: Uint8Array): unknown {
  const value = parseExactly(decodeUtf8(body));
  // By levels: a recursion would need as much of the stack as the readers.
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw unreadable(`The body has more than ${maxDepth} nested values`);
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return value;
}

const floats: ReadonlyMap<unknown, number> = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
]);

function readSimple(member: SimpleMember, value: unknown, what: string, timestampFormat: TimestampFormat): unknown {
  switch (member.type) {
    case "string":
      return value;
    case "blob":
      return readBase64(value, what);
    case "timestamp":
      return readTimestamp(withPlainNumbers(value), member.timestampFormat ?? timestampFormat, what);
    case "long":
    case "bigInteger": {
      const digits = digitsOf(value);
      return digits !== undefined && /^-?\d+$/.test(digits) ? BigInt(digits) : withPlainNumbers(value);
    }
    case "bigDecimal":
      return digitsOf(value) ?? (typeof value === "number" ? String(value) : value);
    case "float":
    case "double":
      return floats.get(value) ?? withPlainNumbers(value);
    default:
      return withPlainNumbers(value);
  }
}
