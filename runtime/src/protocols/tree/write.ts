import { oncePer, getOwn, isObject, setOwn } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import type { SimpleMember, WireName } from "./read.js";

/** Converts a value in the model's form to one that the format's encoder accepts. */
export type Write = (value: unknown) => unknown;

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

  #structure(shape: StructureShape | UnionShape): Write {
    const members = Object.entries(shape.members).map(([name, member]) => ({
      name,
      wireName: this.#writing.wireName(name, member),
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
