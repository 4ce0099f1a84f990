import { isAnyObject } from "../text/any-object.js";
import { describeType } from "../schema/values.js";

/** Marks a mismatch for every copy of this package in a process: an external protocol may bundle its own copy. */
const brand = Symbol.for("@clientsmith/runtime/mismatch");

/** A response that does not match the model. Protocols turn it into an `UnexpectedResponseError`. */
export class ResponseMismatch extends Error {
  constructor(what: string, wanted: string, found: unknown) {
    super(`${what} should be ${wanted}, but is ${describeType(found)}`);
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isAnyObject(value) && (value as Record<symbol, unknown>)[brand] === true;
  }
}
