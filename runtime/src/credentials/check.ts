import { CredentialsError } from "../errors/client.js";
import type { AwsCredentialIdentity } from "./types.js";

/** Makes sure that what came are credentials. A message names what is there and what is not, never a value. */
export function checkCredentials(answer: unknown, source: string): AwsCredentialIdentity {
  if (typeof answer !== "object" || answer === null) {
    throw new CredentialsError(`${source} must be { accessKeyId, secretAccessKey }, but is ${kindOf(answer)}`);
  }
  const given = answer as Partial<Record<keyof AwsCredentialIdentity, unknown>>;
  const missing = (["accessKeyId", "secretAccessKey"] as const).filter(
    (name) => typeof given[name] !== "string" || given[name] === "",
  );
  if (missing.length > 0) {
    const names = Object.keys(answer).join(", ") || "nothing";
    throw new CredentialsError(`${source} must hold ${missing.join(" and ")} as text; it holds ${names}`);
  }
  const { expiration, sessionToken } = given;
  if (sessionToken !== undefined && typeof sessionToken !== "string") {
    throw new CredentialsError(`${source} must hold sessionToken as text or not at all`);
  }
  const problem = unfitFor(answer as AwsCredentialIdentity);
  if (problem) throw new CredentialsError(`${source} cannot be used: ${problem}`);
  if (expiration !== undefined && !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))) {
    throw new CredentialsError(`${source} must hold expiration as a valid Date or not at all`);
  }
  return answer as AwsCredentialIdentity;
}

/**
 * What keeps credentials from being used: key id and token stand in headers, which cannot hold everything, and line
 * breaks come from files that were read with their end. Undefined where nothing does.
 */
export function unfitFor(credentials: AwsCredentialIdentity): string | undefined {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
  const unfit = Object.entries({
    accessKeyId: !headerText.test(accessKeyId),
    secretAccessKey: /[\r\n]/.test(secretAccessKey),
    sessionToken: !headerText.test(sessionToken),
  }).find(([, isUnfit]) => isUnfit);
  return unfit && `${unfit[0]} holds a line break or another sign that cannot be sent`;
}

/** Says that an identity has already expired, and when; undefined if it has not. */
export function expiryProblem({ expiration }: { readonly expiration?: Date }, now: number): string | undefined {
  if (!expiration || expiration.getTime() > now) return undefined;
  return `expired at ${expiration.toISOString()}, and it is now ${new Date(now).toISOString()}`;
}

const headerText = /^[\x20-\x7E]*$/;

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `a ${typeof value}`;
}
