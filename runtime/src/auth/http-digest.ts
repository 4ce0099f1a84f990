import { ConfigurationError } from "../errors/client.js";
import { digestAuthorization } from "../features/support/digest.js";
import { sessionOf, usedSessions } from "../features/support/digest-sessions.js";
import type { AuthScheme } from "./auth-scheme.js";
import { loginLack, optionLogin } from "./support/login.js";
import { maskHeader } from "./support/mask.js";
import { missingIdentity } from "./support/missing-identity.js";

/**
 * `smithy.api#httpDigestAuth`: a digest of user name and password of the client option `login`. Needs the feature
 * `digestChallenge`, which meets the challenge of the service; before it, requests have no digest.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7616
 */
export function httpDigest(): AuthScheme {
  return {
    id: "smithy.api#httpDigestAuth",
    name: "httpDigestAuth",
    family: "httpDigestAuth",
    identity: (client) => (optionLogin.sourceOf(client) ? "option" : "none"),
    async sign(context) {
      const { client, request, state, signal } = context;
      const source = optionLogin.sourceOf(client);
      if (!source) throw missingIdentity(context);
      const login = await source.get({ signal });
      const session = sessionOf(context);
      if (!session) return request;
      if (session.qop === "auth-int" && request.stream) {
        throw new ConfigurationError("The service requires a digest of the body, which a streaming body does not have");
      }
      state.signedAt = client.clock.now();
      usedSessions.set(context, session);
      const authorization = digestAuthorization(session, login, request);
      return { ...request, headers: { ...request.headers, authorization } };
    },
    renew: (context) => optionLogin.renew(context),
    describe: ({ state }) => (state.signedAt === 0 ? "no" : "no: a digest of user name and password was sent"),
    redact: (request) => maskHeader(request, "authorization", "Digest "),
    lacks: () => loginLack,
  };
}
