import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { oncePer } from "../../schema/once.js";
import { setOwn } from "../../schema/values.js";
import { decodeBase64 } from "../../text/bytes.js";
import { parseTimestamp } from "../../time/timestamps.js";
import { ResponseMismatch } from "../mismatch.js";
import type { JsonSettings } from "./write.js";

/**
 * Turns a value fresh from `JSON.parse` into the model's form. Objects are changed in place: nobody else holds them,
 * and a shape with nothing to convert then costs one walk over its keys.
 */
type Read = (value: unknown) => unknown;

type Json = Record<string, unknown>;

function expectObject(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new ResponseMismatch(what, "an object", value);
}

/** Readers of one protocol, each made at its first use. Unknown members are left out, null ones too. */
export class JsonReader {
  readonly #settings: JsonSettings;
  readonly readOf = oncePer((shape: StructureShape | UnionShape): Read =>
    shape.type === "union" ? this.#union(shape) : this.#structure(shape),
  );

  constructor(settings: JsonSettings) {
    this.#settings = settings;
  }

  /** Undefined where the parsed value is the answer. */
  #member(member: Member, what: string): Read | undefined {
    if ("target" in member) {
      let read: Read | undefined;
      return (value) => (read ??= this.readOf(targetOf(member)))(value);
    }
    switch (member.type) {
      case "timestamp": {
        const format = member.timestampFormat ?? this.#settings.timestampFormat;
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
        return (value) => (typeof value === "number" ? BigInt(value) : value);
      case "bigDecimal":
        return (value) => (typeof value === "number" ? String(value) : value);
      case "list":
        return this.#list(member, what);
      case "map":
        return this.#map(member, what);
      default:
        return undefined;
    }
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

    /** The rare case: something is to be left out or renamed, so the object is made anew. */
    const rebuild = (value: Json): Json => {
      const result: Json = {};
      for (const wireName of Object.keys(value)) {
        const member = members.get(wireName);
        const item = value[wireName];
        if (!member || item === null) continue;
        setOwn(result, member.name, member.read ? member.read(item) : item);
      }
      return result;
    };

    return (value) => {
      const json = expectObject(value, shape.name);
      if (renamed) return rebuild(json);
      for (const key in json) {
        if (json[key] === null || !members.has(key)) return rebuild(json);
      }
      for (const key in json) {
        const read = members.get(key)?.read;
        if (read) setOwn(json, key, read(json[key]));
      }
      return json;
    };
  }

  #union(shape: UnionShape): Read {
    const members = this.#wireNames(shape);
    return (value) => {
      const json = expectObject(value, shape.name);
      const set = Object.keys(json).filter((key) => json[key] !== null && key !== "__type");
      const result: Json = {};
      const [key] = set;
      if (set.length > 1) throw new ResponseMismatch(shape.name, `one of its members, not ${set.join(" and ")}`, json);
      if (key === undefined) return result;
      const member = members.get(key);
      if (member) setOwn(result, member.name, member.read ? member.read(json[key]) : json[key]);
      else result["$unknown"] = [key, json[key]];
      return result;
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
      const json = expectObject(value, what);
      for (const key of Object.keys(json)) {
        const item = json[key];
        if (item !== null) {
          if (read) setOwn(json, key, read(item));
        } else if (!map.sparse) delete json[key];
      }
      return json;
    };
  }
}

function readFloat(text: string, what: string): number {
  if (text === "NaN") return NaN;
  if (text === "Infinity") return Infinity;
  if (text === "-Infinity") return -Infinity;
  throw new ResponseMismatch(what, "a number", text);
}
