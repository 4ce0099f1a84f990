import type { ValidationIssue } from "../errors/index.js";
import type { ServiceModel } from "../schema/service.js";
import type { ReceivedRequest } from "../signing/verify.js";
import type { LocalCredentials } from "./credentials.js";
import type { Fault } from "./faults.js";
import type { Handlers } from "./handlers.js";
import type { AcceptedIdentities } from "./identities/accepted.js";
import type { Digests } from "./identities/digests.js";
import type { TlsCertificate } from "./listener.js";
import type { RecordedRequest } from "./record.js";

export interface LocalServiceOptions<Model extends ServiceModel = ServiceModel> extends AcceptedIdentities {
  /** The description of the service, exported by its generated package: `CloudTrailModel`. */
  readonly service: Model;
  /** The handlers, by the name of the operation's function. */
  readonly handlers: Handlers<NoInfer<Model>>;
  /**
   * Speak HTTP/2 without TLS instead of HTTP/1.1: for operations that send and receive events at the same time. Default
   * false.
   */
  readonly http2?: boolean | undefined;
  /**
   * Speak HTTPS with this certificate, for `127.0.0.1` or `localhost`: HTTP/2 or HTTP/1.1, as the client negotiates. Clients
   * have to trust it. Default: no TLS.
   */
  readonly tls?: TlsCertificate | undefined;
  /** Key pairs whose signatures are accepted. Default: only `testCredentials`. */
  readonly credentials?: readonly LocalCredentials[] | undefined;
  /**
   * The fault to inject into a request, if any. Called once per request, after its operation is known and before
   * anything else. A queue is convenient: `faults: () => queue.shift()`.
   */
  readonly faults?: ((request: RecordedRequest) => Fault | undefined) | undefined;
  /** The error for an input that violates the model. Default: `ValidationException` with all violations. */
  readonly invalidInput?: ((invalid: InvalidInput) => Error | undefined) | undefined;
  /** Called with each request as received, including its signature, before the response. */
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined;
  /** Called with the cause of each `InternalFailure`: bugs of handlers. Default: printed with `console.error`. */
  readonly onError?: ((error: unknown, request: RecordedRequest) => void) | undefined;
  /**
   * The service's clock, in milliseconds since 1970: for the date of responses and the verification of signatures.
   * Default `Date.now`.
   */
  readonly clock?: (() => number) | undefined;
}

/** An input that violates the model, as passed to `invalidInput`. */
export interface InvalidInput {
  /** Name of the operation in the model: `LookupEvents`. */
  readonly operation: string;
  readonly input: object;
  /** All violations, in the model's order. */
  readonly issues: readonly ValidationIssue[];
}

/** Options with defaults applied. */
export interface LocalServiceSettings extends LocalServiceOptions {
  readonly digests: Digests;
  readonly credentials: readonly LocalCredentials[];
  readonly clock: () => number;
  readonly onError: (error: unknown, request: RecordedRequest) => void;
}
