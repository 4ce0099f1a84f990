import { isClientsmithError } from "../errors/base.js";
import { metadataOf } from "./metadata.js";
import { signRequest } from "../signing/sign.js";
import type { SigningCredentials } from "../signing/types.js";
import type { SigningTarget } from "../endpoints/target.js";
import type { HttpRequest } from "../transport/types.js";
import type { CallContext } from "./context.js";

/** One attempt: credentials, a signature of this moment, the exchange over HTTP, the answer read. */
export async function attempt(exchange: CallContext): Promise<object> {
  const { client, operation, codec, settings, state, signal, observer } = exchange;
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
    ? await (await import("../streams/receive.js")).receive(exchange, request, options)
    : await client.transport.send(request, options);
  observer?.responded(response);
  state.timing = response.timing;
  const metadata = metadataOf(response, exchange);
  if (response.status >= 300 || codec.isLateError?.(response)) {
    throw await (await import("./error-response.js")).refusedAttempt(exchange, response, metadata);
  }
  let output: { $metadata?: unknown };
  try {
    output = codec.readOutput(response);
  } catch (error) {
    throw (await import("./error-response.js")).unreadableOutput(exchange, response, metadata, error);
  }
  output.$metadata = metadata;
  return output;
}

/** At once where the credentials are at hand, which is nearly always: a promise for them costs every call. */
function sign(exchange: CallContext): HttpRequest | Promise<HttpRequest> {
  const { client, operation, target, request } = exchange;
  if (operation.auth === "none") return request;
  const schemes = operation.authSchemes ?? client.service.authSchemes;
  if (!schemes) return signFor(target.signing, exchange);
  return import("../auth/schemes.js").then(({ signByScheme }) => signByScheme(exchange, schemes, signFor));
}

function signFor(signing: SigningTarget | undefined, exchange: CallContext): HttpRequest | Promise<HttpRequest> {
  const { client, operation, request } = exchange;
  if (!signing) return request;
  if (operation.auth === "optional" && client.options.credentials === undefined)
    return signIfPossible(exchange, signing);
  const found = client.credentials.get(exchange);
  if (!(found instanceof Promise)) return signWith(found, signing, exchange);
  return found.then((credentials) => signWith(credentials, signing, exchange));
}

/** Where nobody gave credentials and none are found, what needs none goes unsigned. */
async function signIfPossible(exchange: CallContext, signing: SigningTarget): Promise<HttpRequest> {
  const { client, request } = exchange;
  try {
    return await signWith(await client.credentials.get(exchange), signing, exchange);
  } catch (error) {
    if (isClientsmithError(error) && error.code === "Credentials") return request;
    throw error;
  }
}

function signWith(
  credentials: SigningCredentials,
  { region, service, doubleEncodePath, regionSet }: SigningTarget,
  { client, operation, request, state, maxAttempts }: CallContext,
): HttpRequest | Promise<HttpRequest> {
  // Services tell retries from new calls by this header.
  const attemptHeader = { "amz-sdk-request": `attempt=${state.attempts}; max=${maxAttempts}` };
  const headers = Object.assign(attemptHeader, request.headers);
  const { method, origin, path, query, body, stream } = request;
  state.clockOffset = client.clock.offset;
  state.signedAt = client.clock.now();
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
    keyCache: client.signingKeys,
    // All S3-like services want it, and theirs are the endpoints whose rules ask for paths encoded once.
    signBody: client.service.signsBody ?? doubleEncodePath === false,
    // Unless a hash is stated already.
    unsignedPayload: operation.unsignedPayload && headers["x-amz-content-sha256"] === undefined,
  };
  if (!regionSet) return signRequest(unsigned, options);
  return import("../signing/sigv4a.js").then(({ signAsymmetric }) =>
    signAsymmetric(unsigned, { ...options, regionSet }),
  );
}
