import type { HttpResponse } from "../schema/http.js";
import type { Operation, ProtocolRequest, Service } from "../schema/service.js";
import { type Member, type StructureShape, targetOf } from "../schema/shapes.js";
import { getOwn, setOwn } from "../schema/values.js";

type Values = Readonly<Record<string, unknown>>;

/** A payload in the format of the protocol. */
export interface EventDocument {
  readonly payload: Uint8Array;
  readonly contentType: string | undefined;
}

/** Writes and reads documents of one shape. */
export interface DocumentCodec {
  /** Name of the format, for messages: `JSON`. */
  readonly format: string;
  /** Undefined if the protocol sends no body for such a value. */
  write(value: object): EventDocument | undefined;
  /**
   * Throws a `SyntaxError` for a payload that is not in the format, a `ResponseMismatch` for one that does not match the
   * model.
   */
  read(payload: Uint8Array): Values;
}

const encoder = new TextEncoder();

/** The body of a serialized message as a document. */
export function documentIn({ headers, body }: ProtocolRequest): EventDocument | undefined {
  const payload = typeof body === "string" ? encoder.encode(body) : body;
  // The version of awsJson is that of the request, not of a document.
  return payload && { payload, contentType: headers["content-type"]?.replace(/x-amz-json-[\d.]+$/, "json") };
}

/** A response with a payload as its body, which all protocols accept. */
export function responseWith(payload: Uint8Array): HttpResponse {
  return { status: 200, headers: { "smithy-protocol": "rpc-v2-cbor" }, body: payload };
}

/**
 * Documents of a structure, in any protocol: it serializes an operation whose input and output consist of nothing
 * else.
 */
export function structureDocument(shape: StructureShape, operation: Operation, service: Service): DocumentCodec {
  const { name, http, features = [] } = operation;
  const binding = http && { http: { method: "POST", uri: "/", code: 200 } };
  const part = { name, input: shape, output: shape, features, ...binding };
  const codec = service.protocol.compile(part, service);
  return {
    format: codec.format,
    write: (value) => documentIn(codec.serialize(value)),
    read: (payload) => codec.readOutput(responseWith(payload)) as Values,
  };
}

/**
 * Documents of a member that is the whole payload: a structure or a union. Protocols with HTTP bindings have a form of
 * their own for it; in the others it is the document itself.
 */
export function payloadDocument(
  name: string,
  member: Member,
  owner: StructureShape,
  operation: Operation,
  service: Service,
): DocumentCodec {
  if (!("target" in member)) throw new Error(`${owner.name}.${name} cannot be the payload of an event`);
  if (operation.http) {
    const members = { [name]: { ...member, httpPayload: true as const } };
    return structureDocument({ ...owner, members }, operation, service);
  }
  // A union is written as a structure with one member.
  const codec = structureDocument(targetOf(member) as StructureShape, operation, service);
  return {
    ...codec,
    write: (event) => codec.write(getOwn(event as Values, name) as object),
    read(payload) {
      const values = {};
      setOwn(values, name, codec.read(payload));
      return values;
    },
  };
}
