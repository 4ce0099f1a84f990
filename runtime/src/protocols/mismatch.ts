import { describeType } from "../schema/values.js";

/** A response whose form the model does not allow. Protocols turn it into an `UnexpectedResponseError`. */
export class ResponseMismatch extends Error {
  constructor(what: string, wanted: string, found: unknown) {
    super(`${what} should be ${wanted}, but is ${describeType(found)}`);
  }
}
