import type { CallContext, ClientContext } from "../context.js";
import type { DigestSession } from "./digest.js";

/** The last challenge of each origin, by client. */
const sessions = new WeakMap<ClientContext, Map<string, DigestSession>>();

/** The session that the last request of a call used. */
export const usedSessions = new WeakMap<CallContext, DigestSession>();

export function sessionOf({ client, request }: CallContext): DigestSession | undefined {
  return sessions.get(client)?.get(request.origin);
}

export function keepSession({ client, request }: CallContext, session: DigestSession): void {
  let known = sessions.get(client);
  if (!known) sessions.set(client, (known = new Map()));
  known.set(request.origin, session);
}
