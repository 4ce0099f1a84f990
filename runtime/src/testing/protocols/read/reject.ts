import { ResponseMismatch } from "../../../errors/mismatch.js";
import { RejectionError } from "../../rejection.js";

/** The error for a request that cannot be deserialized. */
export function unreadable(message: string): RejectionError {
  return new RejectionError("SerializationException", 400, message);
}

/** Reads a part of a request; errors of readers become {@link unreadable} ones. */
export function readOrReject<Value>(format: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(`The body is not ${format}`);
    // The stack of the engine is limited: a text with millions of escapes exceeds it.
    if (error instanceof RangeError) throw unreadable(`The body is too complex: ${error.message}`);
    if (error instanceof ResponseMismatch) throw unreadable(error.message);
    throw error;
  }
}
