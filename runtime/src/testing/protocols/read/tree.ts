import { ResponseMismatch } from "../../../errors/mismatch.js";
import {
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../../schema/shapes.js";
import { isObject, setOwn } from "../../../schema/values.js";

/** How a format of objects, arrays and simple values is read in requests. */
export interface TreeFormat {
  /** The name of a structure's or union's member on the wire. */
  readonly wireName: (name: string, member: Member) => string;
  /** Converts a value that is not null. A value of another type stays as it is: the validator reports it. */
  readonly simple: (member: SimpleMember, value: unknown, what: string) => unknown;
}

/**
 * Reads values in requests. Unlike the client's `JsonReader`, it drops nothing that a service must reject: nulls in
 * lists and maps, and all members of a union. Unknown members of structures are ignored, as Smithy requires of services.
 */
export class RequestTreeReader {
  readonly #format: TreeFormat;

  constructor(format: TreeFormat) {
    this.#format = format;
  }

  /** @throws ResponseMismatch for a value that is not an object, and for simple values in an invalid form */
  readShape(shape: StructureShape | UnionShape, value: unknown): object {
    if (!isObject(value)) throw new ResponseMismatch(shape.name, "an object", value);
    const read: Record<string, unknown> = {};
    const known = new Set(["__type"]);
    for (const [name, member] of Object.entries(shape.members)) {
      const wireName = this.#format.wireName(name, member);
      known.add(wireName);
      const item = Object.hasOwn(value, wireName) ? value[wireName] : undefined;
      if (item === undefined || item === null) continue;
      setOwn(read, name, this.readMember(member, item, `${shape.name}.${name}`));
    }
    if (shape.type === "structure") return read;
    for (const [name, item] of Object.entries(value)) if (item !== null && !known.has(name)) setOwn(read, name, item);
    return read;
  }

  /** @param what names the value in errors */
  readMember(member: Member, value: unknown, what: string): unknown {
    if (value === null || value === undefined) return value;
    if ("target" in member) return isObject(value) ? this.readShape(targetOf(member), value) : value;
    if (member.type === "list") {
      if (!Array.isArray(value)) return value;
      return value.map((item) => this.readMember(member.member, item, `an item of ${what}`));
    }
    if (member.type !== "map") return this.#format.simple(member, value, what);
    if (!isObject(value)) return value;
    const map: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      setOwn(map, key, this.readMember(member.value, item, `a value of ${what}`));
    }
    return map;
  }
}
