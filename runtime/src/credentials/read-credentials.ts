import { isAnyObject } from "../text/any-object.js";
import type { AwsCredentialIdentity } from "../config/identity.js";
import type { Unavailable } from "./types.js";

/**
 * Reads the JSON of container hosts, instance metadata and credential processes, which differ only in the name of the
 * session token. Reasons name what is wrong, never a value.
 *
 * @param required names of the required members
 */
export function readCredentials(
  response: object,
  token: "Token" | "SessionToken",
  required: readonly string[],
): AwsCredentialIdentity | Unavailable {
  const text = (name: string): string => {
    const value: unknown = Object.hasOwn(response, name) ? (response as Record<string, unknown>)[name] : undefined;
    return typeof value === "string" ? value : "";
  };
  const missing = required.filter((name) => text(name) === "");
  if (missing.length > 0) return { reason: `its response lacks ${missing.join(", ")}`, isBroken: true };
  const expiration = text("Expiration");
  if (expiration && Number.isNaN(Date.parse(expiration))) {
    return { reason: "its response has an Expiration that is not a date", isBroken: true };
  }
  const sessionToken = text(token);
  const accountId = text("AccountId");
  return {
    accessKeyId: text("AccessKeyId"),
    secretAccessKey: text("SecretAccessKey"),
    ...(sessionToken && { sessionToken }),
    ...(expiration && { expiration: new Date(expiration) }),
    ...(accountId && { accountId }),
  };
}

/** Parses a JSON object; undefined for anything else. */
export function parseObject(text: string): object | undefined {
  try {
    // Tools on Windows write a byte order mark, which `JSON.parse` rejects.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isAnyObject(value) && !Array.isArray(value) ? value : undefined;
  } catch {
    // Without the parser's error, which quotes the text: it may contain a secret.
    return undefined;
  }
}

/** A service's error code for a message: ` (AccessDenied)`. Empty if there is none or it is not safe to show. */
export function shownCode(code: unknown): string {
  return typeof code === "string" && /^[\w.:-]{1,100}$/.test(code) ? ` (${code})` : "";
}
