import { mask } from "../schema/redact.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "../schema/shapes.js";
import { formatTimestamp, parseTimestamp } from "../schema/timestamps.js";
import { type DocumentType, isBytes, isDate, isObject, setOwn } from "../schema/values.js";
import { decodeBase64, encodeBase64 } from "../text/bytes.js";
import { maximumDepth, takesText } from "../validate/types.js";

/** A JSON Schema, version 2020-12. */
export interface JsonSchema {
  readonly [keyword: string]: DocumentType;
}

/** The JSON Schemas of an operation. */
export interface OperationSchema {
  readonly input: JsonSchema;
  readonly output: JsonSchema;
}

type Shape = StructureShape | UnionShape;

/**
 * Reads the JSON form of an input: members by their names in the model, blobs as base64 text, timestamps as date-time text
 * (RFC 3339), integers beyond 2^53 and decimal numbers as text, NaN and infinities by name. What is not in that form is
 * left as it is, so that the validator of the input reports it.
 *
 * @param shape descriptor of the input: `LookupEventsRequest$`
 * @returns an input that has not been validated
 */
export function inputFromJson(shape: StructureShape, json: unknown): unknown {
  return readShape(shape, json, 0);
}

function readShape({ members }: Shape, json: unknown, depth: number): unknown {
  // A validator rejects what is nested more deeply.
  if (!isObject(json) || depth > maximumDepth) return json;
  return mapped(json, (item, name) => {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    return member === undefined ? item : readMember(member, item, depth + 1);
  });
}

function readMember(member: Member, json: unknown, depth: number): unknown {
  if ("target" in member) return readShape(targetOf(member), json, depth);
  switch (member.type) {
    case "list":
      return Array.isArray(json) && depth <= maximumDepth
        ? json.map((item: unknown) => readMember(member.member, item, depth + 1))
        : json;
    case "map":
      return isObject(json) && depth <= maximumDepth
        ? mapped(json, (item) => readMember(member.value, item, depth + 1))
        : json;
    default:
      return typeof json === "string" ? readText(member, json) : json;
  }
}

/** Base64 without line breaks, padded. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

const namedNumbers: ReadonlySet<string> = /* @__PURE__ */ new Set(["NaN", "Infinity", "-Infinity"]);

function readText({ type }: Exclude<Member, { readonly target: unknown }>, text: string): unknown {
  switch (type) {
    case "blob":
      return text.length % 4 === 0 && base64.test(text) ? decodeBase64(text) : text;
    case "timestamp":
      try {
        return parseTimestamp(text, "date-time");
      } catch {
        return new Date(NaN);
      }
    case "float":
    case "double":
      return namedNumbers.has(text) ? Number(text) : text;
    case "long":
    case "bigInteger":
      return /^-?\d+$/.test(text) ? integerOf(text) : text;
    default:
      return text;
  }
}

function integerOf(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

export interface JsonFormOptions {
  /** Masks sensitive members. */
  readonly redact?: boolean | undefined;
}

/**
 * The JSON form of an output, or of an input: see {@link inputFromJson}. Members that the model does not have are left out,
 * and so are event streams. Streaming bodies have to be read before.
 *
 * @param shape descriptor of the output: `LookupEventsResponse$`
 */
export function outputToJson(
  shape: StructureShape,
  output: object,
  { redact = false }: JsonFormOptions = {},
): { readonly [member: string]: DocumentType } {
  const written = new JsonFormWriter(redact).shape(shape, output);
  return written as { readonly [member: string]: DocumentType };
}

class JsonFormWriter {
  readonly #redact: boolean;

  constructor(redact: boolean) {
    this.#redact = redact;
  }

  shape({ members }: Shape, value: unknown): DocumentType {
    if (!isObject(value)) return null;
    const json: Record<string, DocumentType> = {};
    for (const [name, item] of Object.entries(value)) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member && item !== undefined && item !== null && !("events" in member))
        setOwn(json, name, this.#member(member, item));
    }
    return json;
  }

  #member(member: Member, value: unknown): DocumentType {
    if (value === null || value === undefined) return null;
    if (this.#redact && member.sensitive) return mask;
    if ("target" in member) return this.shape(targetOf(member), value);
    switch (member.type) {
      case "list":
        return Array.isArray(value) ? value.map((item: unknown) => this.#member(member.member, item)) : null;
      case "map": {
        const { key, value: entry } = member;
        const json: Record<string, DocumentType> = {};
        for (const [name, item] of Object.entries(value)) {
          setOwn(json, this.#redact && key.sensitive ? mask : name, this.#member(entry, item));
        }
        return json;
      }
      case "document":
        return value as DocumentType;
      default:
        return simple(member, value);
    }
  }
}

function simple(member: Member, value: unknown): DocumentType {
  if (isBytes(value)) return encodeBase64(value);
  if (isDate(value)) return dateTime(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  // A payload may be text, which is sent as UTF-8.
  if (typeof value === "string" && (takesText(member) || "streaming" in member)) {
    return encodeBase64(new TextEncoder().encode(value));
  }
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

/** Years without four digits are possible in responses. */
function dateTime(date: Date): string {
  try {
    return formatTimestamp(date, "date-time");
  } catch {
    return Number.isNaN(date.getTime()) ? "Invalid Date" : date.toISOString();
  }
}

function mapped(
  object: Readonly<Record<string, unknown>>,
  map: (item: unknown, name: string) => unknown,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(object)) setOwn(copy, name, map(item, name));
  return copy;
}
