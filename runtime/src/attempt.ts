import type { ClientCore } from "./core.js";
import { isClientsmithError } from "./errors/base.js";
import { metadataOf } from "./metadata.js";
import type { CallObserver } from "./observe/observer.js";
import type { OperationCodec } from "./protocols/protocol.js";
import type { RetryState } from "./retry/state.js";
import type { Operation } from "./schema/operation.js";
import type { CallSettings } from "./settings.js";
import { signRequest } from "./signing/sign.js";
import type { SigningCredentials } from "./signing/types.js";
import type { SigningTarget, Target } from "./target.js";
import type { HttpRequest } from "./transport/types.js";

/** What stays the same over the attempts of a call. */
export interface Exchange {
  readonly core: ClientCore;
  readonly operation: Operation;
  readonly codec: OperationCodec;
  readonly settings: CallSettings;
  readonly target: Target;
  /** Unsigned; every attempt signs a copy of it. */
  readonly request: HttpRequest;
  readonly signal: AbortSignal | undefined;
  /** Ends the reading of a body that is handed over as it comes: the caller's own signal, without the deadline. */
  readonly bodySignal: AbortSignal | undefined;
  readonly state: RetryState;
  readonly maxAttempts: number;
  /** Undefined where nobody wants to be told. */
  readonly observer: CallObserver | undefined;
}

/** One attempt: credentials, a signature of this moment, the exchange over HTTP, the answer read. */
export async function attempt(exchange: Exchange): Promise<object> {
  const { core, operation, codec, settings, state, signal, observer } = exchange;
  state.attemptAt = performance.now();
  state.begunAt ||= state.attemptAt;
  state.timing = undefined;
  const signed = sign(exchange);
  const request = signed instanceof Promise ? await signed : signed;
  const { connectTimeout, headersTimeout, bodyTimeout } = settings.limits;
  observer?.signed(request);
  if (!signal?.aborted) state.sent++;
  const options = { connectTimeout, headersTimeout, bodyTimeout, signal };
  const response = operation.streamedOutput
    ? await (await import("./streams/receive.js")).receive(exchange, request, options)
    : await core.transport.send(request, options);
  observer?.responded(response);
  state.timing = response.timing;
  const metadata = metadataOf(response, exchange);
  if (response.status >= 300 || codec.isLateError?.(response)) {
    throw await (await import("./failed-attempt.js")).refusedAttempt(exchange, response, metadata);
  }
  let output: { $metadata?: unknown };
  try {
    output = codec.readOutput(response);
  } catch (error) {
    throw (await import("./failed-attempt.js")).unreadableOutput(exchange, response, metadata, error);
  }
  output.$metadata = metadata;
  return output;
}

/** At once where the credentials are at hand, which is nearly always: a promise for them costs every call. */
function sign(exchange: Exchange): HttpRequest | Promise<HttpRequest> {
  const { core, operation, target, request } = exchange;
  if (operation.auth === "none") return request;
  const schemes = operation.authSchemes ?? core.service.authSchemes;
  if (!schemes) return signFor(target.signing, exchange);
  return import("./auth-schemes.js").then(({ signByScheme }) => signByScheme(exchange, schemes, signFor));
}

function signFor(signing: SigningTarget | undefined, exchange: Exchange): HttpRequest | Promise<HttpRequest> {
  const { core, operation, request } = exchange;
  if (!signing) return request;
  if (operation.auth === "optional" && core.options.credentials === undefined) return signIfPossible(exchange, signing);
  const found = core.credentials.get(exchange);
  if (!(found instanceof Promise)) return signWith(found, signing, exchange);
  return found.then((credentials) => signWith(credentials, signing, exchange));
}

/** Where nobody gave credentials and none are found, what needs none goes unsigned. */
async function signIfPossible(exchange: Exchange, signing: SigningTarget): Promise<HttpRequest> {
  const { core, request } = exchange;
  try {
    return await signWith(await core.credentials.get(exchange), signing, exchange);
  } catch (error) {
    if (isClientsmithError(error) && error.code === "Credentials") return request;
    throw error;
  }
}

function signWith(
  credentials: SigningCredentials,
  { region, service, doubleEncodePath, regionSet }: SigningTarget,
  { core, operation, request, state, maxAttempts }: Exchange,
): HttpRequest | Promise<HttpRequest> {
  // Services tell retries from new calls by this header.
  const attemptHeader = { "amz-sdk-request": `attempt=${state.attempts}; max=${maxAttempts}` };
  const headers = Object.assign(attemptHeader, request.headers);
  const { method, origin, path, query, body, stream } = request;
  state.clockOffset = core.clock.offset;
  state.signedAt = core.clock.now();
  state.signedWith = credentials;
  const unsigned = { method, origin, path, query, headers, body, stream };
  // Paths that are encoded once are signed as they are sent: in S3 `a/../b` is a key of its own.
  const options = {
    region,
    service,
    doubleEncodePath,
    normalizePath: doubleEncodePath,
    credentials,
    date: new Date(state.signedAt),
    keyCache: core.signingKeys,
    // All S3-like services want it, and theirs are the endpoints whose rules ask for paths encoded once.
    signBody: core.service.signsBody ?? doubleEncodePath === false,
    // Unless a hash is stated already.
    unsignedPayload: operation.unsignedPayload && headers["x-amz-content-sha256"] === undefined,
  };
  if (!regionSet) return signRequest(unsigned, options);
  return import("./signing/asymmetric.js").then(({ signAsymmetric }) =>
    signAsymmetric(unsigned, { ...options, regionSet }),
  );
}
