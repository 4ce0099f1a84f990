import { encode, Tagged } from "cborg";
import { bigIntEncoder } from "cborg/taglib";
import type { StructureShape, UnionShape } from "../../schema/shapes.js";
import { formatTimestamp } from "../../schema/timestamps.js";
import type { SimpleMember } from "../tree/read.js";
import { TreeWriter, type Write } from "../tree/write.js";
import { decimalFraction } from "./decode.js";

const options = {
  /** Half precision, which the codec would choose where it suffices, is not to be sent. */
  float64: true,
  ignoreUndefinedProperties: true,
  typeEncoders: { bigint: bigIntEncoder },
};

/**
 * Writers of rpcv2Cbor.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#shape-serialization
 */
export class CborWriter extends TreeWriter {
  constructor() {
    super({ wireName: (name) => name, simple: simpleWriter });
  }

  encode(shape: StructureShape | UnionShape, value: object): Uint8Array {
    return encode(this.writeOf(shape)(value), options);
  }
}

function simpleWriter({ type }: SimpleMember): Write | undefined {
  switch (type) {
    case "timestamp":
      return (value) => (value instanceof Date ? new Tagged(1, formatTimestamp(value, "epoch-seconds")) : value);
    case "bigDecimal":
      return (value) => (typeof value === "string" ? new Tagged(4, decimalFraction(value)) : value);
    default:
      return undefined;
  }
}
