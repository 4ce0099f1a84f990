import type { Operation } from "../../../schema/service.js";
import type { Member, StructureShape } from "../../../schema/shapes.js";

/** How a protocol with HTTP bindings reads bodies of requests. */
export interface HttpBody {
  /** Reads the unbound members of an input. */
  readStructure(shape: StructureShape, body: Uint8Array): object;
  /** Reads an `httpPayload` member that is neither bytes nor text. Never called for an empty body. */
  readPayload(member: Member, body: Uint8Array, what: string): unknown;
}

/** How a protocol with HTTP bindings writes bodies of responses. */
export interface ResponseBody {
  readonly contentType: string;
  /**
   * Writes the unbound members of an output; undefined for no body.
   *
   * @param shape with only those members, if there are any
   */
  writeStructure(shape: StructureShape | undefined, output: object, operation: Operation): string | undefined;
  /** Writes an `httpPayload` member that is neither bytes nor text. */
  writePayload(member: Member, value: unknown): string;
}
