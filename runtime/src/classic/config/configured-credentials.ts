import type { AwsCredentialIdentity } from "../../config/identity.js";
import type { CredentialRequest, CredentialSource } from "../../credentials/types.js";
import { waitingForCredentials, within } from "../../signals/within.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import type { Config } from "./config.js";

type Outcome = { readonly credentials: AwsCredentialIdentity } | { readonly error: AWSError };

/** The credentials of a configuration: at once where `getCredentials` calls back at once. */
export function configuredCredentials(config: Config): CredentialSource {
  return { get: (request) => credentialsFrom(config, request) };
}

function credentialsFrom(
  config: Config,
  { signal }: CredentialRequest = {},
): AwsCredentialIdentity | Promise<AwsCredentialIdentity> {
  let outcome: Outcome | undefined;
  let settle: ((outcome: Outcome) => void) | undefined;
  config.getCredentials((error, credentials) => {
    // Callers replace `getCredentials`; only the first outcome counts.
    if (outcome) return;
    outcome =
      credentials && !error
        ? { credentials: credentials as AwsCredentialIdentity }
        : { error: missingCredentials(error ?? new Error("getCredentials gave neither credentials nor an error")) };
    settle?.(outcome);
  });
  if (outcome) return valueOf(outcome);
  const pending = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  return within(pending.then(valueOf), signal, waitingForCredentials);
}

function valueOf(outcome: Outcome): AwsCredentialIdentity {
  if ("error" in outcome) throw outcome.error;
  return outcome.credentials;
}

function missingCredentials(cause: Error): AWSError {
  return awsError(Object.assign(new Error(), { originalError: cause }), {
    code: "CredentialsError",
    message: `Missing credentials in config: ${cause.message}`,
  });
}
