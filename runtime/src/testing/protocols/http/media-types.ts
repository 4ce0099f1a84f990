import { eventStreamType } from "../../../event-streams/message.js";
import type { HttpBindings } from "../../../protocols/http/bindings.js";
import { isUnit, type Member, type StructureShape } from "../../../schema/shapes.js";
import { RejectionError } from "../../rejection.js";
import type { ServerRequest } from "../protocol.js";
import { headerOf } from "./headers.js";

/**
 * The media type of a payload; undefined for bytes of any type.
 *
 * @param contentType of the protocol's bodies
 */
export function payloadType(member: Member, contentType: string): string | undefined {
  if (!("type" in member)) return contentType;
  if (member.type === "eventStream") return eventStreamType;
  if (member.type === "blob") return member.mediaType;
  return member.type === "string" ? (member.mediaType ?? "text/plain") : contentType;
}

/**
 * Rejects a body of another content type than the model's. Bytes without a media type may have any; an input without a
 * body has none.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#content-type
 */
export function checkContentType(
  { payload, body, headers }: HttpBindings,
  shape: StructureShape,
  request: ServerRequest,
  contentType: string,
): void {
  if (request.body.byteLength === 0 || headers.some(({ key }) => key === "content-type")) return;
  const given = mediaTypeOf(headerOf(request, "content-type"));
  const isEmpty = Object.keys(shape.members).length === 0 && !isUnit(shape);
  const wanted = payload ? payloadType(payload.member, contentType) : body || isEmpty ? contentType : undefined;
  if (given === wanted || (payload && wanted === undefined)) return;
  const message = wanted === undefined ? "The operation has no body" : `The content type must be ${wanted}`;
  throw new RejectionError("UnsupportedMediaTypeException", 415, `${message}, but it is ${given ?? "absent"}`);
}

/** Rejects a request that does not accept the content type of the response. */
export function checkAccept(
  { payload }: HttpBindings,
  shape: StructureShape,
  request: ServerRequest,
  contentType: string,
): void {
  const accept = headerOf(request, "accept");
  if (accept === undefined || isUnit(shape)) return;
  const offered = payload ? payloadType(payload.member, contentType) : contentType;
  if (offered === undefined || accept.split(",").some((range) => matches(range, offered))) return;
  throw new RejectionError(
    "NotAcceptableException",
    406,
    `The response is ${offered}, but the request accepts ${accept}`,
  );
}

/** RFC 9110, section 12.5.1. */
function matches(range: string, offered: string): boolean {
  const type = mediaTypeOf(range) ?? "";
  return type === "*/*" || type === offered || (type.endsWith("/*") && offered.startsWith(type.slice(0, -1)));
}

/** Without parameters, in lower case. */
export function mediaTypeOf(header: string | undefined): string | undefined {
  return header?.split(";", 1)[0]?.trim().toLowerCase() || undefined;
}
