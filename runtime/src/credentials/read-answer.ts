import type { AwsCredentialIdentity, Unavailable } from "./types.js";

/**
 * Credentials in the JSON of containers, instance metadata and credential processes, which differ in the name of the
 * session token alone. Reasons name what is wrong, never a value.
 *
 * @param required members that have to be there
 */
export function readCredentialAnswer(
  answer: object,
  token: "Token" | "SessionToken",
  required: readonly string[],
): AwsCredentialIdentity | Unavailable {
  const text = (name: string): string => {
    const value: unknown = Object.hasOwn(answer, name) ? (answer as Record<string, unknown>)[name] : undefined;
    return typeof value === "string" ? value : "";
  };
  const missing = required.filter((name) => text(name) === "");
  if (missing.length > 0) return { reason: `its answer lacks ${missing.join(", ")}`, isBroken: true };
  const expiration = text("Expiration");
  if (expiration && Number.isNaN(Date.parse(expiration))) {
    return { reason: "its answer has an Expiration that is no date", isBroken: true };
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

/** The object that a text is in JSON; undefined where it is something else. */
export function parseObject(text: string): object | undefined {
  try {
    // Tools on Windows write a byte order mark, which `JSON.parse` rejects.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // Not the parser's error: it quotes the text, which may hold a secret.
    return undefined;
  }
}

/** A service's error code for a message: ` (AccessDenied)`; empty where there is none that is fit to be shown. */
export function shownCode(code: unknown): string {
  return typeof code === "string" && /^[\w.:-]{1,100}$/.test(code) ? ` (${code})` : "";
}
