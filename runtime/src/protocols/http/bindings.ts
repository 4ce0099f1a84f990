import type { Member, StructureShape } from "../../schema/shapes.js";
import { setOwn } from "../../schema/values.js";
import type { HttpResponse } from "../../schema/http.js";

/** A member that is bound to a part of the message other than the body. */
export interface BoundMember {
  /** The member's name in the model. */
  readonly name: string;
  readonly member: Member;
  /** Name of the header or query parameter, or prefix, that it is bound to; its own name for other bindings. */
  readonly key: string;
}

/** Members of an input, output or error by the part of the HTTP message that carries them. */
export interface HttpBindings {
  readonly labels: readonly BoundMember[];
  readonly query: readonly BoundMember[];
  readonly queryParams: readonly BoundMember[];
  readonly headers: readonly BoundMember[];
  readonly prefixHeaders: readonly BoundMember[];
  readonly responseCode: readonly BoundMember[];
  /** The member that is the body (`httpPayload`). */
  readonly payload: BoundMember | undefined;
  /** The shape with the unbound members, in their order; undefined if there is none. */
  readonly body: StructureShape | undefined;
}

/**
 * Groups members by the traits of their HTTP bindings.
 *
 * @param direction labels and queries apply to requests only, the response code to responses only: elsewhere the
 *   specification has such members in the body
 * @see https://smithy.io/2.0/spec/http-bindings.html
 */
export function httpBindings(shape: StructureShape, direction: "request" | "response"): HttpBindings {
  const parts = {
    labels: [] as BoundMember[],
    query: [] as BoundMember[],
    queryParams: [] as BoundMember[],
    headers: [] as BoundMember[],
    prefixHeaders: [] as BoundMember[],
    responseCode: [] as BoundMember[],
  };
  let payload: BoundMember | undefined;
  const body: Record<string, Member> = {};
  const isRequest = direction === "request";
  for (const [name, member] of Object.entries(shape.members)) {
    const bind = (key: string): BoundMember => ({ name, member, key });
    if (isRequest && member.httpLabel) parts.labels.push(bind(name));
    else if (isRequest && member.httpQuery !== undefined) parts.query.push(bind(member.httpQuery));
    else if (isRequest && member.httpQueryParams) parts.queryParams.push(bind(name));
    else if (!isRequest && member.httpResponseCode) parts.responseCode.push(bind(name));
    else if (member.httpHeader !== undefined) parts.headers.push(bind(member.httpHeader.toLowerCase()));
    else if (member.httpPrefixHeaders !== undefined) {
      parts.prefixHeaders.push(bind(member.httpPrefixHeaders.toLowerCase()));
    } else if (member.httpPayload) payload = bind(name);
    else setOwn(body, name, member);
  }
  return { ...parts, payload, body: Object.keys(body).length > 0 ? { ...shape, members: body } : undefined };
}

/** What a protocol adds to HTTP bindings: how bodies are serialized. */
export interface BodyCodec {
  /** Format of bodies, for messages: `JSON`. */
  readonly format: string;
  /** Content type of bodies that the protocol writes: `application/json`. */
  readonly contentType: string;
  /**
   * Writes the body of the unbound members.
   *
   * @param shape the input with only those members, at least one. The same object for each call of an operation.
   * @returns undefined for no body at all
   */
  writeStructure(shape: StructureShape, value: object): string | Uint8Array | undefined;
  /** Reads an output that {@link writeStructure} would write; the codec decides whether an empty body is valid. */
  readStructure(shape: StructureShape, response: HttpResponse): object;
  /**
   * Writes the body of an `httpPayload` member: a structure, union, document, list or map.
   *
   * @param value undefined if the member is not set
   * @returns undefined for no body at all
   */
  writePayload(member: Member, value: unknown): string | Uint8Array | undefined;
  /** Reads the body that {@link writePayload} writes. Never called for an empty body. */
  readPayload(member: Member, response: HttpResponse, what: string): unknown;
}
