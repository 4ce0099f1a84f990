import { RefreshingCredentialSource } from "../../credentials/refreshing-source.js";
import type { CredentialRequest, CredentialSource } from "../../credentials/types.js";
import { CredentialsError } from "../../errors/client.js";
import { isServiceError } from "../../errors/service.js";
import type { CallContext, ClientContext } from "../../features/context.js";
import { classifyCode } from "../../retry/classify-code.js";
import type { Operation } from "../../schema/service.js";
import type { SigningCredentials } from "../../signing/types.js";

/** The credentials of a session. The token is sent in a header of its own, so it is no `sessionToken`. */
export interface ExpressSession extends SigningCredentials {
  readonly token: string;
  readonly expiration: Date;
}

/** Sessions last five minutes. They are refreshed one to two minutes before they expire, as in the official clients. */
const refreshAhead = 60_000;

/** Max milliseconds for a session to be created, retries included. */
const maxCreationTime = 60_000;

/** Max number of buckets with a session, for each identity. */
const maxSessions = 100;

type Sessions = Map<string, RefreshingCredentialSource<ExpressSession>>;

/** By client and credentials object: a session has the rights of the identity that created it. */
const known = new WeakMap<ClientContext, WeakMap<SigningCredentials, Sessions>>();

/** The source of the session for the bucket of a call. */
export function sessionSourceOf(context: CallContext, createSession: Operation): CredentialSource<ExpressSession> {
  const { client, state } = context;
  const sessionOf = (
    identity: SigningCredentials,
    { signal }: CredentialRequest = {},
  ): ExpressSession | Promise<ExpressSession> => {
    const source = sourceFor(bucketOf(context), sessionsOf(client, identity), client, createSession);
    const session = source.get({ signal });
    // Another call may have replaced the session already.
    const isRejected = session === state.signedWith && wasRejected(context);
    return isRejected ? source.get({ signal, forceRefresh: true }) : session;
  };
  return {
    get(request) {
      const identity = client.credentials.get(request);
      return identity instanceof Promise
        ? identity.then((found) => sessionOf(found, request))
        : sessionOf(identity, request);
    },
  };
}

function sessionsOf(client: ClientContext, identity: SigningCredentials): Sessions {
  let ofClient = known.get(client);
  if (!ofClient) known.set(client, (ofClient = new WeakMap()));
  let sessions = ofClient.get(identity);
  if (!sessions) ofClient.set(identity, (sessions = new Map()));
  return sessions;
}

function sourceFor(
  bucket: string,
  sessions: Sessions,
  client: ClientContext,
  createSession: Operation,
): RefreshingCredentialSource<ExpressSession> {
  const open = sessions.get(bucket);
  if (open) return open;
  const source = new RefreshingCredentialSource(
    () => newSession(bucket, client, createSession),
    () => client.clock.now(),
    `${createSession.name} for the bucket ${bucket}`,
    maxCreationTime,
    refreshAhead,
  );
  const oldest = sessions.keys().next();
  if (sessions.size >= maxSessions && !oldest.done) sessions.delete(oldest.value);
  sessions.set(bucket, source);
  return source;
}

async function newSession(bucket: string, client: ClientContext, createSession: Operation): Promise<ExpressSession> {
  const { name } = createSession;
  let output: { readonly Credentials?: Partial<Record<string, unknown>> };
  try {
    output = await client.invoke(createSession, { Bucket: bucket });
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new CredentialsError(`There is no session for the bucket ${bucket}, because ${name} failed: ${why}`, {
      cause,
    });
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
  const isComplete = [AccessKeyId, SecretAccessKey, SessionToken].every(
    (text) => typeof text === "string" && text !== "",
  );
  if (!isComplete || !(Expiration instanceof Date)) {
    throw new CredentialsError(`${name} returned no usable session for the bucket ${bucket}`);
  }
  return {
    accessKeyId: String(AccessKeyId),
    secretAccessKey: String(SecretAccessKey),
    token: String(SessionToken),
    expiration: Expiration,
    source: `session of the bucket ${bucket}`,
  };
}

/** The input member that the endpoint rules take the bucket from. */
function bucketOf({ operation, input }: CallContext): string {
  const member = operation.contextParams?.["Bucket"] ?? "Bucket";
  return String((input as Readonly<Record<string, unknown>>)[member]);
}

/** Whether the service rejected the session of the attempt before. */
function wasRejected({ state }: CallContext): boolean {
  const last = state.failed.at(-1)?.error;
  return isServiceError(last) && classifyCode(last.name, last.status ?? 0).expiredCredentials === true;
}
