import type { AuthScheme } from "../../auth/auth-scheme.js";
import { decodeBase64, decodeUtf8 } from "../../text/bytes.js";
import type { CompleteRequest } from "../receive.js";
import type { Digests } from "./digests.js";
import type { LocalLogin } from "./login.js";

/** The identities that a local service accepts. Of a kind that has no list, all are accepted. */
export interface AcceptedIdentities {
  /** API keys (`smithy.api#httpApiKeyAuth`). Default: any. */
  readonly apiKeys?: readonly string[] | undefined;
  /** Bearer tokens (`smithy.api#httpBearerAuth`). Default: any. */
  readonly tokens?: readonly string[] | undefined;
  /**
   * User names and passwords (`smithy.api#httpBasicAuth`, `smithy.api#httpDigestAuth`). Without them, requests of HTTP Digest
   * are not challenged. Default: any.
   */
  readonly logins?: readonly LocalLogin[] | undefined;
}

export type Verdict = "accepted" | "stale" | "rejected";

/** @param secret what the scheme sent: an API key, a token, or what follows `Basic` or `Digest` */
export function verdictOn(
  { id }: AuthScheme,
  secret: string,
  request: CompleteRequest,
  { apiKeys, tokens, logins, digests }: AcceptedIdentities & { readonly digests: Digests },
): Verdict {
  const among = (list: readonly string[] | undefined): Verdict =>
    !list || list.includes(secret) ? "accepted" : "rejected";
  switch (id) {
    case "smithy.api#httpApiKeyAuth":
      return among(apiKeys);
    case "smithy.api#httpBearerAuth":
      return among(tokens);
    case "smithy.api#httpBasicAuth": {
      const login = decodeUtf8(decodeBase64(secret));
      return !logins || logins.some(({ username, password }) => login === `${username}:${password}`)
        ? "accepted"
        : "rejected";
    }
    case "smithy.api#httpDigestAuth":
      return logins ? digests.verify(secret, request, logins) : "accepted";
    default:
      return "accepted";
  }
}
