import type { Operation, ServiceModel } from "../schema/service.js";
import type { ReceivedRequest } from "../signing/verify.js";

/**
 * What answers the operations of a service: a function each, under the name of the operation's function. All are
 * optional; an operation without a handler is answered with the error `NotImplemented`, which says what to write.
 */
export type Handlers<Model extends ServiceModel> = {
  readonly [Name in keyof Model["operations"]]?: Handler<Model["operations"][Name]>;
};

/**
 * Answers one operation. Throw an instance of a generated error class, a `ServiceError`, or a {@link FailureLike} to
 * answer with an error. Anything else that is thrown counts as a bug of the handler: the caller gets
 * `InternalFailure` without details, the details go to `onError`.
 */
export type Handler<O extends Operation> = (
  input: NonNullable<O["types"]>["input"],
  context: RequestContext,
) => HandlerOutput<NonNullable<O["types"]>["output"]> | Promise<HandlerOutput<NonNullable<O["types"]>["output"]>>;

/** An output as handlers may write it: an optional member may also be there and be undefined, which counts as absent. */
export type HandlerOutput<T> = T extends string | number | boolean | bigint | null | undefined | Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly HandlerOutput<Item>[]
    : { readonly [Name in keyof T]: HandlerOutput<T[Name]> | (object extends Pick<T, Name> ? undefined : never) };

/** What a handler may know of the request besides its input. */
export interface RequestContext {
  /** Name of the operation in the model: `LookupEvents`. */
  readonly operation: string;
  /** Id that the answer will carry. */
  readonly requestId: string;
  /** Whose key signed the request; undefined where the operation needs no signature and had none. */
  readonly accessKeyId: string | undefined;
  /** Region that the request was signed for. */
  readonly region: string | undefined;
  /** Which attempt of a call this is, 1 or more, where the client says so (in `amz-sdk-request`, as AWS's SDKs do). */
  readonly attempt: number | undefined;
  /** The request as it came, headers included. */
  readonly request: ReceivedRequest;
  /** Aborted when the client has gone or the service is closed. */
  readonly signal: AbortSignal;
}
