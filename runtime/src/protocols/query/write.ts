import { oncePer, describeType, getOwn, isObject, isBytes, isDate } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { escapeUri } from "../../signing/escape.js";
import { encodeBase64 } from "../../text/bytes.js";
import { formatTimestamp } from "../../schema/timestamps.js";

/** The differences between the forms of the two query protocols. */
export interface FormDialect {
  /** The key segment of a member of a structure or union, not yet escaped. */
  readonly segment: (name: string, member: Member) => string;
  /** Lists are always flattened, whatever their traits. */
  readonly flatLists: boolean;
  /** Whether an empty list is sent, as a key without a value; else it is omitted. */
  readonly emptyLists: boolean;
}

/** Writes a value under a key: `&key=text` for each simple value in it. */
type Write = (key: string, value: unknown) => string;

/**
 * Writers of `application/x-www-form-urlencoded` for one query protocol, each created on first use. Members that are
 * not in the model are not written.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-www-form-urlencoded-shape-serialization
 */
export class FormWriter {
  readonly #dialect: FormDialect;
  readonly #writeOf = oncePer((shape: StructureShape | UnionShape): Write => this.#structure(shape));

  constructor(dialect: FormDialect) {
    this.#dialect = dialect;
  }

  /**
   * Each member of the input as `&key=text`; empty if none is set.
   *
   * @throws TypeError for a value that is not of its member's type, or that a form cannot contain
   */
  write(shape: StructureShape, input: object): string {
    return this.#writeOf(shape)("", input);
  }

  #member(member: Member): Write {
    if ("target" in member) {
      let write: Write | undefined;
      return (key, value) => (write ??= this.#writeOf(targetOf(member)))(key, value);
    }
    if (member.type === "list") return this.#list(member);
    if (member.type === "map") return this.#map(member);
    return (key, value) => `&${key}=${writeFormText(member, value, key)}`;
  }

  #structure(shape: StructureShape | UnionShape): Write {
    const members = Object.entries(shape.members).map(([name, member]) => ({
      name,
      segment: escapeUri(this.#dialect.segment(name, member)),
      write: this.#member(member),
    }));
    return (key, value) => {
      if (!isObject(value)) throw mismatch(key || shape.name, "an object", value);
      const prefix = key === "" ? "" : `${key}.`;
      let form = "";
      for (const { name, segment, write } of members) {
        const item = getOwn(value, name);
        if (item !== undefined && item !== null) form += write(prefix + segment, item);
      }
      return form;
    };
  }

  #list(list: ListMember): Write {
    const write = this.#member(list.member);
    const isFlat = this.#dialect.flatLists || list.xmlFlattened === true;
    const infix = isFlat ? "." : `.${innerSegment("member", list.member)}.`;
    return (key, value) => {
      if (!Array.isArray(value)) throw mismatch(key, "an array", value);
      const items = value.filter(isThere);
      if (items.length === 0) return this.#dialect.emptyLists ? `&${key}=` : "";
      return items.map((item, index) => write(`${key}${infix}${index + 1}`, item)).join("");
    };
  }

  #map(map: MapMember): Write {
    const infix = map.xmlFlattened ? "." : ".entry.";
    const keySegment = innerSegment("key", map.key);
    const valueSegment = innerSegment("value", map.value);
    const writeKey = this.#member(map.key);
    const writeValue = this.#member(map.value);
    return (key, value) => {
      if (!isObject(value)) throw mismatch(key, "an object", value);
      return Object.entries(value)
        .filter(([, item]) => isThere(item))
        .map(([name, item], index) => {
          const entry = `${key}${infix}${index + 1}.`;
          return writeKey(entry + keySegment, name) + writeValue(entry + valueSegment, item);
        })
        .join("");
    };
  }
}

/** Placeholder member for an item of a list, or for the key or value of a map entry. */
function innerSegment(name: string, { xmlName = name }: Member): string {
  return escapeUri(xmlName);
}

/** Forms cannot represent null. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Only if validation is off. */
function mismatch(key: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`${key} should be ${wanted}, but is ${describeType(value)}`);
}

/**
 * A simple value as it is written in a form, escaped. NaN and the infinities are written by these names.
 *
 * @param key names the value in errors
 * @throws TypeError for a value that a form cannot contain
 * @throws RangeError for a date that its format cannot represent
 */
export function writeFormText(member: SimpleMember, value: unknown, key: string): string {
  switch (typeof value) {
    case "string":
      return escapeUri(value);
    case "number":
    case "bigint":
    case "boolean":
      return escapeUri(String(value));
    default:
  }
  if (isDate(value)) {
    const format = member.type === "timestamp" ? member.timestampFormat : undefined;
    return escapeUri(String(formatTimestamp(value, format ?? "date-time")));
  }
  if (isBytes(value)) return escapeUri(encodeBase64(value));
  throw new TypeError(`${key} should be a simple value, as forms require, but is ${describeType(value)}`);
}
