import type { ClientConfig } from "../config/client-config.js";
import type { CallOptions, CallSettings, ClientOptions } from "../config/options.js";
import type { CredentialSource } from "../credentials/types.js";
import type { RequestTarget } from "../endpoints/target.js";
import type { CallObserver } from "../observe/observer.js";
import type { Classification } from "../retry/classify.js";
import type { RetryHint } from "../retry/hint.js";
import type { RetryStrategy } from "../retry/strategy.js";
import type { RetryState } from "../retry/state.js";
import type { Operation, OperationCodec, Service } from "../schema/service.js";
import type { SigningKeyCache } from "../signing/key.js";
import type { Clock } from "../time/clock.js";
import type { HttpRequest, HttpResponse, Transport } from "../schema/http.js";

/**
 * What the services of a provider have in common beyond their models. Services outside AWS follow none but those of
 * HTTP, so that their clients do not contain the others.
 */
export interface Conventions {
  /** Values of endpoint parameters that the configuration sets, by their `builtIn`. */
  builtIns(config: ClientConfig, account?: string): Readonly<Record<string, string | boolean | undefined>>;
  requestIdOf(headers: HttpResponse["headers"]): string | undefined;
  extendedRequestIdOf?(headers: HttpResponse["headers"]): string | undefined;
  /** What the code and the status of an error mean for further attempts. The model's traits are considered in addition. */
  classify(code: string, status: number): Classification;
  /** Delay that a response requests. `now`: milliseconds since 1970, by the server's clock. */
  retryAfterOf(headers: HttpResponse["headers"], now: number): RetryHint;
  /** Corrects the cause of an error response. Returns whether the next attempt will differ. */
  recover(context: CallContext, response: HttpResponse, error: Error): Promise<boolean>;
}

/** The state that the calls of one client share. */
export interface ClientContext {
  readonly service: Service;
  readonly conventions: Conventions;
  readonly options: ClientOptions;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
  readonly signingKeys: SigningKeyCache;
  readonly transport: Transport;
  /** Transports that features opened for some operations, by a name of their own. They are closed with the client. */
  readonly otherTransports: Map<string, Transport>;
  readonly calls: Calls;
  /** State of the retry mode; created on first use. */
  retries: RetryStrategy | undefined;
  /** The settings of one call. @throws TypeError for an unknown option */
  settingsFor(options: CallOptions | undefined, operation: Operation): CallSettings;
  /** The operation in the service's protocol, compiled on its first call. */
  codecOf(operation: Operation): OperationCodec;
  /** Options, environment and profile, read on the first call. */
  config(): ClientConfig | Promise<ClientConfig>;
  /** The account ID that the endpoint rules need; undefined for rules that do not need it. */
  accountOf(
    operation: Operation,
    config: ClientConfig,
    signal?: AbortSignal,
  ): string | undefined | Promise<string | undefined>;
  /** Resolved endpoint of a call. */
  targetOf(operation: Operation, input: object, config: ClientConfig, account?: string): RequestTarget;
  /** Another call of the same client, on behalf of a call in flight; also allowed after the client was closed. */
  invoke(operation: Operation, input: object): Promise<object>;
}

/** The calls of a client. */
export interface Calls {
  running: number;
  /** Called when the last call in flight has ended. */
  onIdle: (() => void) | undefined;
  /** Result of `close`, once it was called. */
  closing: Promise<void> | undefined;
}

/** One call, before its attempts. */
export interface Call {
  readonly client: ClientContext;
  readonly operation: Operation;
  readonly codec: OperationCodec;
  readonly settings: CallSettings;
  /** Aborted by the caller's signal or the deadline. */
  readonly signal: AbortSignal | undefined;
  /** Ends the reading of a streaming body: the caller's own signal, without the deadline. */
  readonly bodySignal: AbortSignal | undefined;
  readonly state: RetryState;
  /** Undefined without hooks and subscribers. */
  readonly observer: CallObserver | undefined;
  /** Others will send the request, with a body of their choice if the input has none. */
  readonly isPresigned?: true;
}

/** One call, with the state that all its attempts share. */
export interface CallContext extends Call {
  /** The input, as features have changed it. */
  readonly input: object;
  readonly target: RequestTarget;
  /** Unsigned; each attempt signs a copy. */
  readonly request: HttpRequest;
  /** The transport that sends it: the client's, unless a feature of the operation replaces it. */
  readonly transport: Transport;
  readonly maxAttempts: number;
}

/** Makes one attempt: signs, sends, reads the response. */
export type Attempt = (context: CallContext) => Promise<object>;
