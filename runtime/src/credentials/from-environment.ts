import type { Environment } from "../config/environment.js";
import type { FoundCredentials, Unavailable } from "./types.js";

/**
 * Credentials in the environment variables `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, with the optional
 * `AWS_SESSION_TOKEN`, `AWS_CREDENTIAL_EXPIRATION` (ISO 8601) and `AWS_ACCOUNT_ID`.
 */
export function credentialsFromEnvironment({ env }: Environment): FoundCredentials | Unavailable {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  if (!accessKeyId && !secretAccessKey) return { reason: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set" };
  if (!accessKeyId) return { reason: "AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not" };
  if (!secretAccessKey) return { reason: "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not" };
  const sessionToken = env["AWS_SESSION_TOKEN"];
  const accountId = env["AWS_ACCOUNT_ID"];
  const expiration = env["AWS_CREDENTIAL_EXPIRATION"];
  if (expiration && Number.isNaN(Date.parse(expiration))) {
    return { reason: "AWS_CREDENTIAL_EXPIRATION is not a date", isBroken: true };
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration && { expiration: new Date(expiration) }),
    ...(accountId && { accountId }),
    source: "environment variables",
  };
}
