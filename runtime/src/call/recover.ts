/** Corrects the cause of an error response, so that the next attempt does not fail for the same reason. */
import type { CallContext } from "../features/context.js";
import { isClientsmithError } from "../errors/base.js";
import { parseHttpDate } from "../time/http-date.js";
import type { HttpResponse } from "../schema/http.js";
import { classifyCode } from "../retry/classify-code.js";

/** Max clock skew, in milliseconds, that is not corrected. Services accept five minutes, minus the time in transit. */
const toleratedSkew = 4 * 60_000;

/**
 * Corrects what the error reports as wrong with the attempt: the clock, or expired credentials. Several calls may fail
 * for the same cause at once. The first one corrects it; the others find that their attempt was signed with the old
 * values, and change nothing.
 *
 * @returns whether the next attempt will differ
 */
export async function recover(context: CallContext, response: HttpResponse, error: Error): Promise<boolean> {
  const { clockSkew, expiredCredentials } = classifyCode(error.name, response.status);
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
    // The service's error is more useful than an error that no other credentials are available.
    if (isClientsmithError(error) && error.code === "Credentials") return false;
    throw error;
  }
}
