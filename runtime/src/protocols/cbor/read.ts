import { oncePer, setOwn } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { dateOfSeconds, parseTimestamp } from "../../schema/timestamps.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { array, CborInput, map } from "./input.js";
import { CborOutput } from "./output.js";

/** Reads an item that is not null. */
type Read = (input: CborInput) => unknown;

type Values = Record<string, unknown>;

/** How a member is read. */
interface MemberSlot {
  readonly name: string;
  /** The item of its key. */
  readonly key: Uint8Array;
  readonly read: Read;
  /** The member that followed last time: the order is mostly the same, and keys are then compared, not decoded. */
  next: MemberSlot | undefined;
}

const numberTypes: ReadonlySet<string> = new Set(["byte", "short", "integer", "long", "float", "double"]);

/** Max items of a list for which memory is reserved before they are read. */
const maxReserved = 10_000;

/**
 * Readers of rpcv2Cbor, each created on first use: from the bytes directly to members, in one pass. Members that are not
 * in the model and null members are left out.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#shape-serialization
 */
export class CborReader {
  readonly #readOf = oncePer((shape: StructureShape | UnionShape): Read =>
    shape.type === "union" ? this.#union(shape) : this.#structure(shape),
  );

  /**
   * Reads a body.
   *
   * @throws SyntaxError for invalid CBOR
   * @throws ResponseMismatch for CBOR that does not match the shape
   */
  read(shape: StructureShape, body: Uint8Array): object {
    const input = new CborInput(body);
    if (input.isNull()) throw new ResponseMismatch(shape.name, "an object", null);
    const value = this.#readOf(shape)(input);
    input.end();
    return value as object;
  }

  #slots(shape: StructureShape | UnionShape): Map<string, MemberSlot> {
    return new Map(
      Object.entries(shape.members).map(([name, member]) => [
        name,
        { name, key: itemOf(name), read: this.#member(member, `${shape.name}.${name}`), next: undefined },
      ]),
    );
  }

  #structure(shape: StructureShape): Read {
    const slots = this.#slots(shape);
    const start: Pick<MemberSlot, "next"> = { next: undefined };
    return (input) => {
      const values: Values = {};
      let last: Pick<MemberSlot, "next"> | undefined = start;
      for (let left = enter(input, map, shape.name); input.isLeft(left); left--) {
        let slot: MemberSlot | undefined = last?.next;
        if (!slot || !input.isKey(slot.key)) {
          slot = slots.get(input.key());
          if (last) last.next = slot;
        }
        if (!slot) input.value();
        else if (!input.isNull()) setOwn(values, slot.name, slot.read(input));
        last = slot;
      }
      return values;
    };
  }

  #union(shape: UnionShape): Read {
    const slots = this.#slots(shape);
    return (input) => {
      const values: Values = {};
      let set: string | undefined;
      for (let left = enter(input, map, shape.name); input.isLeft(left); left--) {
        const key = input.key();
        if (input.isNull()) continue;
        const slot = slots.get(key);
        const value = slot ? slot.read(input) : input.value();
        if (key === "__type") continue;
        if (set !== undefined && set !== key) {
          throw new ResponseMismatch(shape.name, `one of its members, not ${set} and ${key}`, values);
        }
        set = key;
        if (slot) setOwn(values, key, value);
        else values["$unknown"] = [key, value];
      }
      return values;
    };
  }

  #member(member: Member, what: string): Read {
    if ("target" in member) {
      let read: Read | undefined;
      return (input) => (read ??= this.#readOf(targetOf(member)))(input);
    }
    if (member.type === "list") return this.#list(member, what);
    if (member.type === "map") return this.#map(member, what);
    return simpleReader(member, what);
  }

  #list({ member, sparse }: ListMember, what: string): Read {
    const itemName = `an item of ${what}`;
    const read = this.#member(member, itemName);
    const readUsual = "type" in member ? usualItems(member.type) : undefined;
    return (input) => {
      const items: unknown[] = [];
      let left = enter(input, array, what);
      if (left <= maxReserved) items.length = left;
      let count = 0;
      for (; ; left--) {
        if (readUsual) {
          const end = readUsual(input, count, count + left, items, itemName);
          left -= end - count;
          count = end;
        }
        if (!input.isLeft(left)) break;
        if (!input.isNull()) items[count++] = read(input);
        else if (sparse) items[count++] = null;
      }
      items.length = count;
      return items;
    };
  }

  #map({ value, sparse }: MapMember, what: string): Read {
    const read = this.#member(value, `a value of ${what}`);
    return (input) => {
      const values: Values = {};
      for (let left = enter(input, map, what); input.isLeft(left); left--) {
        const key = input.key();
        if (!input.isNull()) setOwn(values, key, read(input));
        else if (sparse) setOwn(values, key, null);
      }
      return values;
    };
  }
}

function enter(input: CborInput, type: typeof array | typeof map, what: string): number {
  const items = input.enter(type);
  if (items !== undefined) return items;
  throw new ResponseMismatch(what, type === map ? "an object" : "an array", input.value());
}

/** The bytes of a text. */
function itemOf(text: string): Uint8Array {
  const out = new CborOutput();
  out.text(text);
  return out.bytes().slice();
}

/**
 * Reads the items of a list as far as they have the usual form, from one index up to before another. Returns the next
 * index. A loop with one type of item is several times as fast as one with all.
 */
type ReadUsual = (input: CborInput, start: number, end: number, items: unknown[], what: string) => number;

function usualItems(type: string): ReadUsual | undefined {
  if (type === "timestamp") return usualDates;
  return numberTypes.has(type) ? (input, start, end, items) => input.doubles(items, start, end) : undefined;
}

function usualDates(input: CborInput, start: number, end: number, items: unknown[], what: string): number {
  for (let index = start; index < end; index++) {
    const number = input.number();
    if (Number.isNaN(number)) return index;
    items[index] = dateOfSeconds(number, what);
  }
  return end;
}

function simpleReader({ type }: SimpleMember, what: string): Read {
  switch (type) {
    case "timestamp":
      return (input) => parseTimestamp(input.value(), "epoch-seconds", what);
    case "blob":
      return (input) => {
        const value = input.value();
        if (!(value instanceof Uint8Array)) throw new ResponseMismatch(what, "bytes", value);
        return value;
      };
    case "bigInteger":
      return (input) => {
        const value = input.value();
        if (typeof value === "bigint") return value;
        if (!Number.isInteger(value)) throw new ResponseMismatch(what, "a whole number", value);
        return BigInt(value as number);
      };
    case "bigDecimal":
      return (input) => {
        const value = input.value();
        return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
      };
    default:
      if (!numberTypes.has(type)) return (input) => input.value();
      return (input) => {
        const value = input.value();
        return typeof value === "bigint" ? Number(value) : value;
      };
  }
}
