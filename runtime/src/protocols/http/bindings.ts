import type { Member, StructureShape } from "../../schema/shapes.js";
import { setOwn } from "../../schema/values.js";
import type { HttpResponse } from "../../transport/types.js";

/** A member that stands in a part of the message other than the body. */
export interface BoundMember {
  /** The member's name in the model. */
  readonly name: string;
  readonly member: Member;
  /** Where it is bound to: a name of a header or a query parameter, a prefix; its own name for the rest. */
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
  /** The member that is the whole body. */
  readonly payload: BoundMember | undefined;
  /** The shape with the members that are in none of these, in their order; undefined where there is none. */
  readonly body: StructureShape | undefined;
}

/**
 * Sorts members by the traits of their HTTP bindings.
 *
 * @param direction labels and queries count in a request only, the response's code in a response only: elsewhere the
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
