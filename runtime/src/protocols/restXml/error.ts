/** Errors of restXml. Loaded on the first one. */
import type { Operation, ProtocolError } from "../../schema/service.js";
import type { HttpResponse } from "../../schema/http.js";
import { readErrorParts } from "../http/response.js";
import { statusName } from "../http/status-name.js";
import { readXmlError } from "../xml/error.js";
import type { XmlReader } from "../xml/read.js";

/** An error with its members from the body and from the rest of the response. */
export function readRestXmlError(response: HttpResponse, operation: Operation, reader: XmlReader): ProtocolError {
  const { errors = [] } = operation;
  const read = readXmlError(response, errors, reader);
  // A service that fails after a 200 status sends an empty body, which names no error.
  const implied = response.status < 300 ? "InternalError" : statusName(operation, response);
  const error = read.code === undefined ? { ...read, code: implied } : read;
  const shape = errors.find((each) => each.shape.name === error.code)?.shape;
  return shape ? { ...error, members: { ...error.members, ...readErrorParts(shape, response) } } : error;
}
