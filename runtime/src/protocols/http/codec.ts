import type { Operation, OperationCodec } from "../../schema/service.js";
import type { BodyCodec } from "./bindings.js";
import { compileRequest } from "./request.js";
import { compileResponse } from "./response.js";

/**
 * One operation of a protocol that uses `smithy.api#http`: everything except its errors, whose format depends on the
 * protocol. `readErrorParts` reads the parts of an error outside its body.
 */
export function compileHttpBindings(operation: Operation, body: BodyCodec): Omit<OperationCodec, "readError"> {
  return {
    format: body.format,
    serialize: compileRequest(operation, body),
    readOutput: compileResponse(operation.output, body),
  };
}
