import type { SigningCredentials } from "../../signing/types.js";
import { listenForAbort } from "../../signals/abort.js";
import { abortedError, awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import type { RequestContext } from "./exchange.js";

/** Whether the request is to carry a signature, as far as service, operation and caller say. */
export function isSigned({ request }: RequestContext): boolean {
  return !request.isUnauthenticated && request.service.definition.model.service.signingName !== undefined;
}

/** Asks the configuration for credentials, for no longer than until the request is aborted. Calls back once. */
export function findCredentials(
  { request: { service, signal } }: RequestContext,
  callback: (error: AWSError | null, credentials?: SigningCredentials) => void,
): void {
  let isAnswered = false;
  const registration = listenForAbort(signal, { onAbort: () => process.nextTick(answer, abortedError()) });
  function answer(error: AWSError | null, credentials?: SigningCredentials): void {
    if (isAnswered) return;
    isAnswered = true;
    registration.end();
    callback(error, credentials);
  }
  service.config.getCredentials((error, credentials) => {
    if (credentials && !error) answer(null, credentials);
    else answer(missingCredentials(error ?? new Error("getCredentials gave neither credentials nor an error")));
  });
}

function missingCredentials(cause: Error): AWSError {
  return awsError(Object.assign(new Error(), { originalError: cause }), {
    code: "CredentialsError",
    message: `Missing credentials in config: ${cause.message}`,
  });
}
