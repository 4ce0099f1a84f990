/** What can be put right after a refusal, so that another attempt is not refused for the same reason. */
import type { CallContext } from "../features/context.js";
import { isClientsmithError } from "../errors/base.js";
import { parseHttpDate } from "../time/http-date.js";
import type { HttpResponse } from "../transport/types.js";
import { classify } from "../retry/classify.js";

/** A clock this far off, in milliseconds, is refused: services allow five minutes, less what the way takes. */
const toleratedSkew = 4 * 60_000;

/**
 * Puts right what the error says is wrong with the attempt: the clock that it was dated by, or credentials that have
 * expired. Several calls may fail by the same cause at once; whoever comes after another has put it right finds that
 * its own attempt was signed with what no longer holds, and changes nothing.
 *
 * @returns whether the next attempt will differ
 */
export async function recover(context: CallContext, response: HttpResponse, error: Error): Promise<boolean> {
  const { clockSkew, expiredCredentials } = classify(error);
  return (clockSkew === true && setClock(context, response)) || (expiredCredentials === true && (await renew(context)));
}

function setClock({ client: { clock }, state }: CallContext, { headers }: HttpResponse): boolean {
  const serverTime = parseHttpDate(headers["date"] ?? "");
  if (serverTime === undefined || Math.abs(serverTime - state.signedAt) < toleratedSkew) return false;
  if (Math.abs(serverTime - clock.now()) >= toleratedSkew) clock.offset = serverTime - Date.now();
  return true;
}

async function renew({ client, state, signal }: CallContext): Promise<boolean> {
  const used = state.signedWith;
  if (used === undefined) return false;
  try {
    let credentials = await client.credentials.get({ signal });
    if (credentials === used) credentials = await client.credentials.get({ signal, forceRefresh: true });
    return credentials.sessionToken !== used.sessionToken || credentials.accessKeyId !== used.accessKeyId;
  } catch (error) {
    // What the service said of the attempt tells more than that there is nothing better to be had.
    if (isClientsmithError(error) && error.code === "Credentials") return false;
    throw error;
  }
}
