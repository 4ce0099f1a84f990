import type { ServiceErrorClass, ProtocolError } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";
import { isObject } from "../../schema/values.js";
import type { HttpResponse } from "../../transport/types.js";
import { nameError } from "../error-name.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { decodeCbor } from "./decode.js";
import type { CborReader } from "./read.js";

/**
 * An error is named by `__type` in the body, and by nothing else.
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
  const members = shape ? readMembers(shape, body, reader) : {};
  return { code, message: message as string | undefined, members, others: body };
}

/** An error whose body is no object of CBOR (a proxy's page, nothing at all) is still an error: it just names nothing. */
function errorObject(body: Uint8Array): Record<string, unknown> {
  try {
    const value = body.byteLength === 0 ? undefined : decodeCbor(body);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Members that are not as modelled are left out all together: the error itself is worth more than they are. */
function readMembers(
  shape: StructureShape,
  body: Record<string, unknown>,
  reader: CborReader,
): ProtocolError["members"] {
  try {
    return reader.readOf(shape)(body) as ProtocolError["members"];
  } catch (error) {
    if (error instanceof ResponseMismatch) return {};
    throw error;
  }
}
