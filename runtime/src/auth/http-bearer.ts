import type { TokenIdentity } from "../config/identity.js";
import type { CredentialSource } from "../credentials/types.js";
import type { CallContext } from "../features/context.js";
import type { HttpRequest } from "../schema/http.js";
import type { AuthScheme } from "./auth-scheme.js";
import { maskHeader } from "./support/mask.js";
import { missingIdentity } from "./support/missing-identity.js";
import { requireSecrecy } from "./support/secrecy.js";
import { optionToken } from "./support/token.js";

/**
 * `smithy.api#httpBearerAuth`: a bearer token of the client option `token`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function httpBearer(): AuthScheme {
  return {
    id: "smithy.api#httpBearerAuth",
    name: "bearer",
    family: "bearer",
    identity: (client) => (optionToken.sourceOf(client) ? "option" : "none"),
    sign: (context) => sendToken(context, optionToken.sourceOf(context.client)),
    renew: (context) => optionToken.renew(context),
    describe: ({ state }) => (state.signedAt === 0 ? "no" : "no: a bearer token was sent"),
    redact: (request) => maskHeader(request, "authorization", "Bearer "),
    lacks: () => ({ what: "a bearer token", set: "the client option token" }),
  };
}

/** @throws CredentialsError without a source */
export async function sendToken(
  context: CallContext,
  source: CredentialSource<TokenIdentity> | undefined,
): Promise<HttpRequest> {
  const { client, request, state, signal } = context;
  if (!source) throw missingIdentity(context);
  requireSecrecy(request, "The bearer token");
  const { token } = await source.get({ signal });
  state.signedAt = client.clock.now();
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}
