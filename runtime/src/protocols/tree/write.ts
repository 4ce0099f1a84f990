import { getterOf, isObject, isPlain, oncePer, setOwn } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import type { SimpleMember, WireName } from "./read.js";

/**
 * Converts a value in the model's form to one that the format's encoder accepts. Returns the value itself if nothing
 * is to be converted: most values of a DynamoDB item then cost no copy. The result is only read.
 */
export type Write = (value: unknown) => unknown;

type Tree = Record<string, unknown>;

/** The name of the only own member of a plain object, if its value is set: of nearly every union. */
function onlyKey(value: unknown): string | undefined {
  if (!isPlain(value)) return undefined;
  let only: string | undefined;
  for (const key in value) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only !== undefined && value[only] !== null && value[only] !== undefined ? only : undefined;
}

/** How a format of objects, arrays and simple values is written. */
export interface TreeWriting {
  readonly wireName: WireName;
  /** Undefined if the value is written unchanged. */
  readonly simple: (member: SimpleMember) => Write | undefined;
}

/** Writers of one protocol, each created on first use. Members that are not in the model are not written. */
export class TreeWriter {
  readonly #writing: TreeWriting;
  readonly writeOf = oncePer((shape: StructureShape | UnionShape): Write => this.#structure(shape));

  constructor(writing: TreeWriting) {
    this.#writing = writing;
  }

  #member(member: Member): Write | undefined {
    if ("target" in member) {
      let write: Write | undefined;
      return (value) => (write ??= this.writeOf(targetOf(member)))(value);
    }
    if (member.type === "list") return this.#list(member);
    if (member.type === "map") return this.#map(member);
    return this.#writing.simple(member);
  }

  #structure({ type, members }: StructureShape | UnionShape): Write {
    const writers = Object.entries(members).map(([name, member]) => ({
      name,
      wireName: this.#writing.wireName(name, member),
      write: this.#member(member),
      get: getterOf(name),
    }));
    const writeMembers: Write = (value) => {
      if (!isObject(value)) return value;
      const written: Tree = {};
      for (const { name, wireName, write, get } of writers) {
        const item = get(value, name);
        if (item !== undefined && item !== null) setOwn(written, wireName, write ? write(item) : item);
      }
      return written;
    };
    if (type === "structure") return writeMembers;
    const byName = new Map(writers.map((writer) => [writer.name, writer]));
    return (value) => {
      const name = onlyKey(value);
      const writer = name === undefined ? undefined : byName.get(name);
      if (!writer) return writeMembers(value);
      const { wireName, write } = writer;
      const item = (value as Tree)[writer.name];
      const itemWritten = write ? write(item) : item;
      return itemWritten === item && wireName === name ? value : { [wireName]: itemWritten };
    };
  }

  #list(list: ListMember): Write | undefined {
    const write = this.#member(list.member);
    if (!write) return undefined;
    const writeItem: Write = (item) => (item === null || item === undefined ? null : write(item));
    return (value) => {
      if (!Array.isArray(value)) return value;
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        const written = writeItem(item);
        if (written === item) continue;
        return [...value.slice(0, index), written, ...value.slice(index + 1).map(writeItem)];
      }
      return value;
    };
  }

  #map(map: MapMember): Write {
    const write = this.#member(map.value);
    return (value) => {
      if (!isObject(value)) return value;
      let written: Tree | undefined = isPlain(value) ? undefined : {};
      const keys = Object.keys(value);
      for (const key of keys) {
        const item = value[key];
        const isLeftOut = item === undefined || (item === null && !map.sparse);
        const itemWritten = write && item !== null && !isLeftOut ? write(item) : item;
        if (!written) {
          if (!isLeftOut && itemWritten === item) continue;
          written = {};
          for (const before of keys) {
            if (before === key) break;
            setOwn(written, before, value[before]);
          }
        }
        if (!isLeftOut) setOwn(written, key, itemWritten);
      }
      return written ?? value;
    };
  }
}
