import { isAnyObject } from "../../text/any-object.js";
import { oncePer, setOwn } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type TimestampFormat,
  type UnionShape,
} from "../../schema/shapes.js";
import { decodeBase64, decodeUtf8 } from "../../text/bytes.js";
import { parseTimestamp } from "../../schema/timestamps.js";
import type { HttpResponse } from "../../schema/http.js";
import type { Operation } from "../../schema/service.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import type { JsonSettings } from "./write.js";

/**
 * Converts a value from the parser to the model's form. Objects are changed in place, because they have no other owner;
 * a shape without conversions then costs one walk over its keys.
 */
export type Read = (value: unknown) => unknown;

/** Undefined if the parsed value needs no conversion. `what` names the value in errors. */
export type SimpleReader = (member: SimpleMember, what: string, timestampFormat: TimestampFormat) => Read | undefined;

/** Data of the feature `exact-numbers`: creates a reader that loses no digits. */
export type ExactNumbers = (settings: JsonSettings) => JsonReader;

type Tree = Record<string, unknown>;

/**
 * Readers of one protocol, each created on first use, for values from `JSON.parse`. Unknown and null members are left
 * out.
 */
export class JsonReader {
  readonly #settings: JsonSettings;
  readonly #simple: SimpleReader;
  readonly readOf = oncePer((shape: StructureShape | UnionShape): Read =>
    shape.type === "union" ? this.#union(shape) : this.#structure(shape),
  );

  constructor(settings: JsonSettings, simple: SimpleReader = simpleReader) {
    this.#settings = settings;
    this.#simple = simple;
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

  /** Undefined if the parsed value needs no conversion. */
  #member(member: Member, what: string): Read | undefined {
    if ("target" in member) {
      let read: Read | undefined;
      return (value) => (read ??= this.readOf(targetOf(member)))(value);
    }
    if (member.type === "list") return this.#list(member, what);
    if (member.type === "map") return this.#map(member, what);
    return this.#simple(member, what, this.#settings.timestampFormat);
  }

  #wireNames(shape: StructureShape | UnionShape): Map<string, { name: string; read: Read | undefined }> {
    return new Map(
      Object.entries(shape.members).map(([name, member]) => [
        (this.#settings.jsonName && member.jsonName) || name,
        { name, read: this.#member(member, `${shape.name}.${name}`) },
      ]),
    );
  }

  #structure(shape: StructureShape): Read {
    const members = this.#wireNames(shape);
    const renamed = [...members].some(([wireName, { name }]) => wireName !== name);

    /**
     * The rare case: a member is left out or renamed, so the object is copied.
     *
     * @param read number of members, the first ones, that were read already
     */
    const rebuild = (value: Tree, read: number): Tree => {
      const result: Tree = {};
      for (const [index, wireName] of Object.keys(value).entries()) {
        const member = members.get(wireName);
        const item = value[wireName];
        if (!member || item === null) continue;
        setOwn(result, member.name, member.read && index >= read ? member.read(item) : item);
      }
      return result;
    };

    return (value) => {
      const tree = expectObject(value, shape.name);
      if (renamed) return rebuild(tree, 0);
      let index = 0;
      for (const key in tree) {
        const item = tree[key];
        const member = members.get(key);
        if (!member || item === null) return rebuild(tree, index);
        if (member.read) replace(tree, key, item, member.read);
        index++;
      }
      return tree;
    };
  }

  #union(shape: UnionShape): Read {
    const members = this.#wireNames(shape);
    /** The rare case: more than the set member is present, or it has another name. */
    const rebuild = (tree: Tree): Tree => {
      const set = Object.keys(tree).filter((key) => tree[key] !== null && key !== "__type");
      const result: Tree = {};
      const [key] = set;
      if (set.length > 1) throw new ResponseMismatch(shape.name, `one of its members, not ${set.join(" and ")}`, tree);
      if (key === undefined) return result;
      const member = members.get(key);
      if (member) setOwn(result, member.name, member.read ? member.read(tree[key]) : tree[key]);
      else result["$unknown"] = [key, tree[key]];
      return result;
    };
    return (value) => {
      const tree = expectObject(value, shape.name);
      let only: string | undefined;
      for (const key in tree) {
        if (only !== undefined) return rebuild(tree);
        only = key;
      }
      const member = only === undefined ? undefined : members.get(only);
      if (only === undefined || member?.name !== only || tree[only] === null) return rebuild(tree);
      if (member.read) replace(tree, only, tree[only], member.read);
      return tree;
    };
  }

  #list(list: ListMember, what: string): Read {
    const read = this.#member(list.member, `an item of ${what}`);
    return (value) => {
      if (!Array.isArray(value)) throw new ResponseMismatch(what, "an array", value);
      const items: unknown[] = !list.sparse && value.includes(null) ? value.filter((item) => item !== null) : value;
      if (!read) return items;
      for (let index = 0; index < items.length; index++) {
        if (items[index] !== null) items[index] = read(items[index]);
      }
      return items;
    };
  }

  #map(map: MapMember, what: string): Read {
    const read = this.#member(map.value, `a value of ${what}`);
    return (value) => {
      const tree = expectObject(value, what);
      for (const key in tree) {
        const item = tree[key];
        if (item !== null) {
          if (read) replace(tree, key, item, read);
        } else if (!map.sparse) delete tree[key];
      }
      return tree;
    };
  }
}

function expectObject(value: unknown, what: string): Tree {
  if (isAnyObject(value) && !Array.isArray(value)) return value as Tree;
  throw new ResponseMismatch(what, "an object", value);
}

/** Most items are objects that are changed in place: storing them again would take longer than to compare them. */
function replace(tree: Tree, key: string, item: unknown, read: Read): void {
  const value = read(item);
  if (value !== item) setOwn(tree, key, value);
}

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
