/** Errors of restXml. Loaded when the first one comes. */
import type { Operation, ProtocolError } from "../../schema/service.js";
import type { HttpResponse } from "../../transport/types.js";
import { readErrorParts } from "../http/response.js";
import { readXmlError } from "../xml/error.js";
import type { XmlReader } from "../xml/read.js";

/** An error with its members from the body and from the rest of the response. */
export function readRestXmlError(
  response: HttpResponse,
  { errors = [], http }: Operation,
  reader: XmlReader,
): ProtocolError {
  const read = readXmlError(response, errors, reader);
  const error = read.code === undefined ? { ...read, code: impliedCode(response.status, http?.method) } : read;
  const shape = errors.find((each) => each.shape.name === error.code)?.shape;
  return shape ? { ...error, members: { ...error.members, ...readErrorParts(shape, response) } } : error;
}

/** What answers a HEAD has no body, so only the status can name the error; nor has what a service has given up. */
function impliedCode(status: number, method: string | undefined): string | undefined {
  if (status < 300) return "InternalError";
  return method === "HEAD" ? statusNames[status] : undefined;
}

/** RFC 9110, section 15, without spaces: the names that the AWS SDKs share. */
const statusNames: Readonly<Record<number, string>> = {
  304: "NotModified",
  400: "BadRequest",
  403: "Forbidden",
  404: "NotFound",
  412: "PreconditionFailed",
};
