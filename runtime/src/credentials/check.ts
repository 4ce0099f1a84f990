import { CredentialsError } from "../errors/setup.js";
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
  const { expiration } = given;
  if (expiration !== undefined && !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))) {
    throw new CredentialsError(`${source} must hold expiration as a valid Date or not at all`);
  }
  return answer as AwsCredentialIdentity;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `a ${typeof value}`;
}
