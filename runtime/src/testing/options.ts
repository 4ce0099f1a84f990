import type { ValidationIssue } from "../errors/index.js";
import type { ServiceModel } from "../schema/service.js";
import type { ReceivedRequest } from "../signing/verify.js";
import type { LocalCredentials } from "./credentials.js";
import type { Fault } from "./faults.js";
import type { Handlers } from "./handlers.js";
import type { RecordedRequest } from "./record.js";

export interface LocalServiceOptions<Model extends ServiceModel = ServiceModel> {
  /** The description of the service that its generated package exports: `CloudTrailModel`. */
  readonly service: Model;
  /** What answers, by the name of the operation's function. */
  readonly handlers: Handlers<NoInfer<Model>>;
  /** Key pairs whose signatures are taken. Default: `testCredentials` alone. */
  readonly credentials?: readonly LocalCredentials[] | undefined;
  /**
   * What goes wrong with a request, if anything. Asked once a request, before anything but its operation is looked at.
   * A queue serves well: `faults: () => queue.shift()`.
   */
  readonly faults?: ((request: RecordedRequest) => Fault | undefined) | undefined;
  /** The error that answers an input which breaks the model. Default: `ValidationException` with every breach. */
  readonly invalidInput?: ((invalid: InvalidInput) => Error | undefined) | undefined;
  /** Sees every request as it came, signature included, before it is answered. */
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined;
  /** Gets what is answered with `InternalFailure`: bugs of handlers. Default: printed with `console.error`. */
  readonly onError?: ((error: unknown, request: RecordedRequest) => void) | undefined;
  /** The service's clock, in milliseconds since 1970: dates responses and judges signatures. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
}

/** An input that breaks the model, as `invalidInput` is told of it. */
export interface InvalidInput {
  /** Name of the operation in the model: `LookupEvents`. */
  readonly operation: string;
  readonly input: object;
  /** Every breach, in the model's order. */
  readonly issues: readonly ValidationIssue[];
}

/** Options with nothing left open. */
export interface LocalServiceSettings extends LocalServiceOptions {
  readonly credentials: readonly LocalCredentials[];
  readonly clock: () => number;
  readonly onError: (error: unknown, request: RecordedRequest) => void;
}
