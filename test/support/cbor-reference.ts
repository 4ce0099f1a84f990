/** The reader of CBOR before the one that the runtime has now, over decoded values: what the reader is compared with. */
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "#runtime/schema/shapes.js";
import { parseTimestamp } from "#runtime/schema/timestamps.js";
import { oncePer, setOwn } from "#runtime/schema/values.js";
import { isAnyObject } from "#runtime/text/any-object.js";
import { decodeCbor } from "./cbor-decode.js";

/**
 * Converts a value from the parser to the model's form. Objects are changed in place, because they have no other owner;
 * a shape without conversions then costs one walk over its keys.
 */
type Read = (value: unknown) => unknown;

/** How a format of objects, arrays and simple values is read. */
interface TreeReading {
  readonly wireName: WireName;
  /** Undefined if the parsed value needs no conversion. `what` names the value in errors. */
  readonly simple: (member: SimpleMember, what: string) => Read | undefined;
}

type Tree = Record<string, unknown>;

function expectObject(value: unknown, what: string): Tree {
  if (isAnyObject(value) && !Array.isArray(value) && !(value instanceof Uint8Array)) {
    return value as Tree;
  }
  throw new ResponseMismatch(what, "an object", value);
}

/** Most items are objects that are changed in place: storing them again would take longer than to compare them. */
function replace(tree: Tree, key: string, item: unknown, read: Read): void {
  const value = read(item);
  if (value !== item) setOwn(tree, key, value);
}

/** Readers of one protocol, each created on first use. Unknown and null members are left out. */
class TreeReader {
  readonly #reading: TreeReading;
  readonly readOf = oncePer((shape: StructureShape | UnionShape): Read =>
    shape.type === "union" ? this.#union(shape) : this.#structure(shape),
  );

  constructor(reading: TreeReading) {
    this.#reading = reading;
  }

  /** Undefined if the parsed value needs no conversion. */
  #member(member: Member, what: string): Read | undefined {
    if ("target" in member) {
      let read: Read | undefined;
      return (value) => (read ??= this.readOf(targetOf(member)))(value);
    }
    if (member.type === "list") return this.#list(member, what);
    if (member.type === "map") return this.#map(member, what);
    return this.#reading.simple(member, what);
  }

  #wireNames(shape: StructureShape | UnionShape): Map<string, { name: string; read: Read | undefined }> {
    return new Map(
      Object.entries(shape.members).map(([name, member]) => [
        this.#reading.wireName(name, member),
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

/** The name of a structure's or union's member on the wire. */
type WireName = (name: string, member: Member) => string;

const reader = new TreeReader({ wireName: (name) => name, simple: simpleReader });

export function readCbor(shape: StructureShape, body: Uint8Array): unknown {
  return reader.readOf(shape)(decodeCbor(body));
}

function simpleReader({ type }: SimpleMember, what: string): Read | undefined {
  switch (type) {
    case "timestamp":
      return (value) => parseTimestamp(value, "epoch-seconds", what);
    case "blob":
      return (value) => {
        if (!(value instanceof Uint8Array)) throw new ResponseMismatch(what, "bytes", value);
        return value;
      };
    case "integer":
    case "double":
      return (value) => (typeof value === "bigint" ? Number(value) : value);
    case "bigInteger":
      return (value) => {
        if (typeof value === "bigint") return value;
        if (!Number.isInteger(value)) throw new ResponseMismatch(what, "a whole number", value);
        return BigInt(value as number);
      };
    default:
      return undefined;
  }
}
