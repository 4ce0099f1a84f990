import type { Operation, OperationCodec } from "../../schema/service.js";
import type { BodyCodec } from "./bindings.js";
import { compileRequest } from "./request.js";
import { compileResponse } from "./response.js";

/**
 * One operation of a protocol that follows `smithy.api#http`: all but its errors, whose form is the protocol's own. The
 * parts of an error outside its body are read by `readErrorParts`.
 */
export function compileHttpBindings(operation: Operation, body: BodyCodec): Omit<OperationCodec, "readError"> {
  return {
    format: body.format,
    serialize: compileRequest(operation, body),
    readOutput: compileResponse(operation.output, body),
  };
}
