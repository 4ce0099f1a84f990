import type { AWSError } from "./types.js";

/**
 * Makes the error that a request fails with: `error` itself, with the fields assigned to it. Where the fields replace its
 * message, `originalError` is a copy of the error as it was.
 *
 * @param fields may be an error, such as one that a listener threw; without a code its name is the code
 */
export function awsError(error: Error, fields: Partial<AWSError>): AWSError {
  const made = error as AWSError;
  const originalError = made.message && fields.message ? copyOf(made) : undefined;
  const ownName = Object.hasOwn(made, "name") ? made.name : undefined;
  Object.assign(made, fields);
  // AWS SDK v2 has null for a missing message, in contradiction to its declaration.
  define(made, "message", fields.message || made.message || null, true);
  const code = fields.code ?? fields.name;
  if (code !== undefined) made.code = code;
  if (fields.stack !== undefined) define(made, "stack", fields.stack, false);
  define(made, "name", String(fields.name ?? ownName ?? made.code ?? "Error"), false);
  made.time = new Date();
  if (originalError) made.originalError = originalError;
  return made;
}

export const abortedCode = "RequestAbortedError";

export function abortedError(): AWSError {
  return awsError(new Error("Request aborted by user"), { code: abortedCode, retryable: false });
}

function copyOf(error: AWSError): AWSError {
  const copy = Object.assign(new Error(error.message), error);
  define(copy, "name", error.name, false);
  define(copy, "stack", error.stack, false);
  return copy;
}

function define(target: object, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, name, { value, enumerable, writable: true, configurable: true });
}
