import type { ClientContext } from "../client/context.js";
import type { CallObserver } from "../observe/observer.js";
import type { OperationCodec, Operation } from "../schema/service.js";
import type { RetryState } from "../retry/state.js";
import type { CallSettings } from "../client/settings.js";
import type { RequestTarget } from "../endpoints/target.js";
import type { HttpRequest } from "../transport/types.js";

/** What stays the same over the attempts of a call. */
export interface CallContext {
  readonly client: ClientContext;
  readonly operation: Operation;
  readonly codec: OperationCodec;
  readonly settings: CallSettings;
  readonly target: RequestTarget;
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
