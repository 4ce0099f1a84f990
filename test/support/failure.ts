import { expect } from "vitest";
import { ClientsmithError } from "#runtime/errors/index.js";

/** The error of a call, which must be one of the runtime's errors. */
export async function failureOf(call: Promise<unknown>): Promise<ClientsmithError> {
  const error: unknown = await call.then(
    () => expect.unreachable("it succeeded"),
    (failure: unknown) => failure,
  );
  if (!(error instanceof ClientsmithError)) throw error;
  return error;
}
