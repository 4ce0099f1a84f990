import type { ServiceErrorClass, ProtocolError } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";
import { isObject } from "../../schema/values.js";
import type { HttpResponse } from "../../schema/http.js";
import { nameError } from "../error-name.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { decodeCbor } from "./decode.js";
import type { CborReader } from "./read.js";

/**
 * The error's name is `__type` in the body, and nothing else.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#operation-error-serialization
 */
export function readCborError(
  response: HttpResponse,
  errors: readonly ServiceErrorClass[],
  reader: CborReader,
): ProtocolError {
  const body = errorObject(response.body);
  const type = body["__type"];
  const { code, shape } = nameError(response, typeof type === "string" ? type : undefined, errors);
  const message = [body["message"], body["Message"]].find((value) => typeof value === "string");
  const members = shape ? readMembers(shape, response.body, reader) : {};
  return { code, message: message as string | undefined, members, others: body };
}

/** An error whose body is not a CBOR map (a proxy's page, an empty body) is still an error, without a name. */
function errorObject(body: Uint8Array): Record<string, unknown> {
  try {
    const value = body.byteLength === 0 ? undefined : decodeCbor(body);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Members of a body that is not CBOR, or does not match the model, are all left out: the error itself is more important. */
function readMembers(shape: StructureShape, body: Uint8Array, reader: CborReader): ProtocolError["members"] {
  try {
    return reader.read(shape, body) as ProtocolError["members"];
  } catch (error) {
    if (error instanceof ResponseMismatch || error instanceof SyntaxError) return {};
    throw error;
  }
}
