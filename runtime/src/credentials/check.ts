import { isAnyObject } from "../text/any-object.js";
import { CredentialsError } from "../errors/client.js";
import type { AwsCredentialIdentity } from "../config/identity.js";

/** Checks that a value is credentials. Messages name the fields that are present and missing, never their values. */
export function checkCredentials(value: unknown, source: string): AwsCredentialIdentity {
  if (!isAnyObject(value)) {
    throw new CredentialsError(`${source} must be { accessKeyId, secretAccessKey }, but is ${kindOf(value)}`);
  }
  const given = value as Partial<Record<keyof AwsCredentialIdentity, unknown>>;
  const missing = (["accessKeyId", "secretAccessKey"] as const).filter(
    (name) => typeof given[name] !== "string" || given[name] === "",
  );
  if (missing.length > 0) {
    const names = Object.keys(value).join(", ") || "nothing";
    throw new CredentialsError(`${source} must have ${missing.join(" and ")} as text; it has ${names}`);
  }
  const { expiration, sessionToken } = given;
  if (sessionToken !== undefined && typeof sessionToken !== "string") {
    throw new CredentialsError(`${source} must have sessionToken as text or not at all`);
  }
  const problem = unfitFor(value as AwsCredentialIdentity);
  if (problem) throw new CredentialsError(`${source} cannot be used: ${problem}`);
  if (expiration !== undefined && !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))) {
    throw new CredentialsError(`${source} must have expiration as a valid Date or not at all`);
  }
  return value as AwsCredentialIdentity;
}

/**
 * Why credentials cannot be used: the access key ID and the session token are sent in headers, which cannot contain
 * every character; line breaks often come from files that were read with their trailing newline. Undefined if there is
 * no problem.
 */
export function unfitFor(credentials: AwsCredentialIdentity): string | undefined {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
  const unfit = Object.entries({
    accessKeyId: !headerText.test(accessKeyId),
    secretAccessKey: /[\r\n]/.test(secretAccessKey),
    sessionToken: !headerText.test(sessionToken),
  }).find(([, isUnfit]) => isUnfit);
  return unfit && `${unfit[0]} contains a line break or another character that cannot be sent`;
}

/** When an identity expired, for a message; undefined if it has not expired. */
export function expiryProblem({ expiration }: { readonly expiration?: Date }, now: number): string | undefined {
  if (!expiration || expiration.getTime() > now) return undefined;
  return `expired at ${expiration.toISOString()}, and it is now ${new Date(now).toISOString()}`;
}

const headerText = /^[\x20-\x7E]*$/;

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `a ${typeof value}`;
}
