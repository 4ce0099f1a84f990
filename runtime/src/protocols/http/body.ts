import type { Member, StructureShape } from "../../schema/shapes.js";
import type { HttpResponse } from "../../transport/types.js";

/** What a protocol with HTTP bindings adds to them: how a body is written and read. */
export interface BodyCodec {
  /** What bodies are written in, for messages: `JSON`. */
  readonly format: string;
  /** Of bodies that the protocol writes: `application/json`. */
  readonly contentType: string;
  /**
   * The body of the members that no other part of the message carries.
   *
   * @param shape the input with only those members; it has at least one. The same object at each call of an operation.
   * @returns undefined for no body at all
   */
  writeStructure(shape: StructureShape, value: object): string | Uint8Array | undefined;
  /** Reads what {@link writeStructure} writes, for an output; an empty body is for the codec to judge. */
  readStructure(shape: StructureShape, response: HttpResponse): object;
  /**
   * The body that an `httpPayload` member is: a structure, union, document, list or map.
   *
   * @param value undefined where the member is not set
   * @returns undefined for no body at all
   */
  writePayload(member: Member, value: unknown): string | Uint8Array | undefined;
  /** Reads what {@link writePayload} writes. Never called for an empty body. */
  readPayload(member: Member, response: HttpResponse, what: string): unknown;
}
