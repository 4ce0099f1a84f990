import type { CallContext } from "./context.js";
import type { Feature } from "./feature.js";
import { readChallenge, readInfo } from "./support/digest.js";
import { keepSession, sessionOf, usedSessions } from "./support/digest-sessions.js";

/**
 * `smithy.api#httpDigestAuth`: a service responds to the first request with a challenge, and the request is sent again with
 * the digest. Later requests have it at once, until the service rejects it as stale. A challenge is not a failed attempt.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7616
 */
export function digestChallenge(): Feature {
  /** Calls whose last response was a challenge that the same request can meet. */
  const challenged = new WeakSet<CallContext>();
  return {
    name: "digest-challenge",
    response(response, context) {
      const { "www-authenticate": challenge, "authentication-info": info } = response.headers;
      const used = usedSessions.get(context);
      const nonce = info === undefined ? undefined : readInfo(info).get("nextnonce");
      if (nonce !== undefined && used) keepSession(context, { ...used, nonce, count: 0 });
      const session = response.status === 401 && challenge !== undefined ? readChallenge(challenge) : undefined;
      if (session) keepSession(context, session);
      // A rejected digest that is not stale means another password.
      if (session && (!used || session.stale)) challenged.add(context);
      return response;
    },
    attempts: (attempt) => async (context) => {
      try {
        return await attempt(context);
      } catch (error) {
        if (!challenged.delete(context) || context.state.body?.isConsumed || !sessionOf(context)) throw error;
        context.state.sent--;
        return attempt(context);
      } finally {
        usedSessions.delete(context);
      }
    },
  };
}
