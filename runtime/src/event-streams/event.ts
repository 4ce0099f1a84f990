import { fillInput, fillOutput } from "../schema/defaults.js";
import type { Operation, Service } from "../schema/service.js";
import type { Member, StructureShape } from "../schema/shapes.js";
import { getOwn, isBytes, setOwn } from "../schema/values.js";
import { decodeUtf8 } from "../text/bytes.js";
import { type EventDocument, type DocumentCodec, payloadDocument, structureDocument } from "./document.js";
import { headerOf, readHeaders } from "./event-headers.js";
import type { EventHeader, EventMessage } from "./message.js";
import { representable } from "../text/representable.js";

type Values = Readonly<Record<string, unknown>>;

/** Fills unset members of a received event. */
export type Fill = (shape: StructureShape, event: object) => object;

/** Writes and reads the headers and the payload of one kind of event, except the headers that name it. */
export interface EventCodec {
  readonly format: string;
  write(event: object): EventMessage;
  /** Fails as a {@link DocumentCodec} does. */
  read(message: EventMessage): object;
}

/**
 * The codec of a structure: members with `smithy.api#eventHeader` are headers, one with `smithy.api#eventPayload` is the
 * payload, else the payload is a document of the other members.
 *
 * @see https://smithy.io/2.0/spec/streaming.html#event-message-serialization
 */
export function compileEvent(
  shape: StructureShape,
  operation: Operation,
  service: Service,
  fill: Fill = fillOutput,
): EventCodec {
  const members = Object.entries(shape.members);
  const headers = members.filter(([, { eventHeader }]) => eventHeader);
  const payload = members.find(([, { eventPayload }]) => eventPayload);
  const rest = members.filter(([, { eventHeader }]) => !eventHeader);
  const codec = payload
    ? explicitPayload(...payload, shape, operation, service)
    : structureDocument({ ...shape, members: Object.fromEntries(rest) }, operation, service);
  const hasPayload = rest.length > 0 || headers.length === 0;
  return {
    format: codec.format,
    write(event) {
      const values = fillInput(shape, event) as Values;
      const written = hasPayload ? codec.write(values) : undefined;
      const all: Record<string, EventHeader> = {};
      if (written?.contentType !== undefined) all[":content-type"] = { type: "string", value: written.contentType };
      for (const [name, member] of headers) {
        const value = getOwn(values, name);
        if (value !== undefined && value !== null) setOwn(all, name, headerOf(name, member, value));
      }
      return { headers: all, payload: written?.payload ?? new Uint8Array() };
    },
    read(message) {
      const values = hasPayload && message.payload.byteLength > 0 ? codec.read(message.payload) : {};
      if (headers.length > 0) readHeaders(shape, message.headers, values);
      return fill(shape, values);
    },
  };
}

/** Bytes and text are the payload unchanged. */
function explicitPayload(
  name: string,
  member: Member,
  owner: StructureShape,
  operation: Operation,
  service: Service,
): DocumentCodec {
  if (!("type" in member) || (member.type !== "blob" && member.type !== "string")) {
    return payloadDocument(name, member, owner, operation, service);
  }
  const isText = member.type === "string";
  const contentType = member.mediaType ?? (isText ? "text/plain" : "application/octet-stream");
  const encoder = new TextEncoder();
  return {
    format: isText ? "text" : "bytes",
    write(event): EventDocument | undefined {
      const value = getOwn(event as Values, name);
      if (value === undefined || value === null) return undefined;
      if (typeof value === "string") return { payload: encoder.encode(representable(value)), contentType };
      if (isBytes(value)) return { payload: value, contentType };
      throw new TypeError(`${name} is the payload, so it must be ${isText ? "text" : "bytes"}`);
    },
    // Bytes are copied, so that they do not share the memory of the transport.
    read: (payload) => ({ [name]: isText ? decodeUtf8(payload) : payload.slice() }),
  };
}
