import { getOwn, isObject, oncePer } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { formatTimestamp } from "../../schema/timestamps.js";
import { decimalFraction } from "./numbers.js";
import { CborOutput, writeAny } from "./output.js";

type Write = (value: unknown, out: CborOutput) => void;

/**
 * Writers of rpcv2Cbor, each created on first use: from the input directly to bytes. Members that are not in the model
 * are not written.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#shape-serialization
 */
export class CborWriter {
  readonly #writeOf = oncePer((shape: StructureShape | UnionShape): Write => this.#structure(shape));

  /** @throws TypeError, RangeError for a value that CBOR cannot represent; validation rejects most of them */
  encode(shape: StructureShape | UnionShape, value: object): Uint8Array {
    const out = new CborOutput();
    this.#writeOf(shape)(value, out);
    return out.bytes();
  }

  #structure(shape: StructureShape | UnionShape): Write {
    const members = Object.entries(shape.members).map(([name, member]) => ({ name, write: this.#member(member) }));
    return (value, out) => {
      if (!isObject(value)) return writeAny(value, out);
      const setMembers = members.filter(({ name }) => isThere(getOwn(value, name)));
      out.head(5, setMembers.length);
      for (const { name, write } of setMembers) {
        out.text(name);
        write(value[name], out);
      }
    };
  }

  #member(member: Member): Write {
    if ("target" in member) {
      let write: Write | undefined;
      return (value, out) => (write ??= this.#writeOf(targetOf(member)))(value, out);
    }
    switch (member.type) {
      case "list":
        return this.#list(member);
      case "map":
        return this.#map(member);
      case "timestamp":
        return (value, out) => {
          if (!(value instanceof Date)) return writeAny(value, out);
          out.head(6, 1);
          out.number(formatTimestamp(value, "epoch-seconds"));
        };
      case "bigDecimal":
        return (value, out) => {
          if (typeof value !== "string") return writeAny(value, out);
          out.head(6, 4);
          writeAny(decimalFraction(value), out);
        };
      default:
        return writeAny;
    }
  }

  #list(list: ListMember): Write {
    const write = this.#member(list.member);
    return (value, out) => {
      if (!Array.isArray(value)) return writeAny(value, out);
      out.head(4, value.length);
      for (const item of value) (isThere(item) ? write : writeAny)(item, out);
    };
  }

  #map(map: MapMember): Write {
    const write = this.#member(map.value);
    return (value, out) => {
      if (!isObject(value)) return writeAny(value, out);
      const keys = Object.keys(value).filter((key) => isThere(value[key]) || (value[key] === null && map.sparse));
      out.head(5, keys.length);
      for (const key of keys) {
        out.text(key);
        (value[key] === null ? writeAny : write)(value[key], out);
      }
    };
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
