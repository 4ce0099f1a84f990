import type { ClientCore } from "./core.js";
import { metadataOf } from "./metadata.js";
import type { OperationCodec } from "./protocols/protocol.js";
import type { RetryState } from "./retry/state.js";
import type { Operation } from "./schema/operation.js";
import type { CallSettings } from "./settings.js";
import { signRequest } from "./signing/sign.js";
import type { Target } from "./target.js";
import { within } from "./time/within.js";
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
  readonly state: RetryState;
  readonly maxAttempts: number;
}

/** One attempt: credentials, a signature of this moment, the exchange over HTTP, the answer read. */
export async function attempt(exchange: Exchange): Promise<object> {
  const { core, codec, settings, state, signal } = exchange;
  const request = await sign(exchange);
  const response = await core.transport.send(request, { ...settings.limits, signal });
  const metadata = metadataOf(response, state);
  if (response.status >= 300) {
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

async function sign({ core, operation, target, request, signal, state, maxAttempts }: Exchange): Promise<HttpRequest> {
  const { signing } = target;
  if (!signing || operation.auth === "none") return request;
  // Services tell retries from new calls by this header.
  const headers = { "amz-sdk-request": `attempt=${state.attempts}; max=${maxAttempts}` };
  const found = core.credentials.get();
  const credentials = found instanceof Promise ? await within(found, signal) : found;
  return signRequest(
    { ...request, headers: Object.assign(headers, request.headers) },
    {
      ...signing,
      credentials,
      date: new Date(core.clock.now()),
      keyCache: core.signingKeys,
    },
  );
}
