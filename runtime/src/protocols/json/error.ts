import { isAnyObject } from "../../text/any-object.js";
import type { ServiceErrorClass, ProtocolError } from "../../schema/service.js";
import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../schema/http.js";
import { nameError } from "../error-name.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import type { JsonReader } from "./read.js";

/**
 * The error's name in JSON protocols: the `X-Amzn-Errortype` header, else `code` or `__type` in the body.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
 */
export function readJsonError(
  response: HttpResponse,
  errors: readonly ServiceErrorClass[],
  reader: JsonReader,
): ProtocolError {
  const body = errorObject(response);
  const type = firstText(response.headers["x-amzn-errortype"], body["__type"], body["code"], body["Code"]);
  const { code, shape } = nameError(response, type, errors);
  const message = [body["message"], body["Message"], body["errorMessage"]].find((value) => typeof value === "string");
  const members = shape ? readMembers(shape, body, reader) : {};
  return { code, message: message as string | undefined, members, others: body };
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === "string" && value !== "");
}

/** An error whose body is not a JSON object (a proxy's page, an empty body) is still an error, without a name. */
function errorObject(response: HttpResponse): Record<string, unknown> {
  const text = decodeUtf8(response.body);
  if (!text.trimStart().startsWith("{")) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isAnyObject(value) ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Members that do not match the model are all left out: the error itself is more important. */
function readMembers(
  shape: ServiceErrorClass["shape"],
  body: Record<string, unknown>,
  reader: JsonReader,
): ProtocolError["members"] {
  try {
    return reader.readOf(shape)(body) as ProtocolError["members"];
  } catch (error) {
    if (error instanceof ResponseMismatch) return {};
    throw error;
  }
}
