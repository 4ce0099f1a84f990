import type { Operation, ServiceModel } from "../schema/service.js";
import type { ReceivedRequest } from "../signing/verify.js";
import type { EventStream } from "../event-streams/types.js";
import type { StreamingBody, StreamingInput } from "../streams/types.js";

/**
 * The handlers of a service: one function per operation, under the name of the operation's function. All are optional;
 * an operation without a handler returns the error `NotImplemented`, whose message contains the code to write.
 */
export type Handlers<Model extends ServiceModel> = {
  readonly [Name in keyof Model["operations"]]?: Handler<Model["operations"][Name]>;
};

/**
 * Handles one operation. Throw an instance of a generated error class, a `ServiceError`, or a {@link FailureLike} to
 * return an error. Anything else that is thrown is a bug of the handler: the caller gets `InternalFailure` without
 * details; the details are passed to `onError`.
 */
export type Handler<O extends Operation> = (
  input: HandlerInput<NonNullable<O["types"]>["input"]>,
  context: RequestContext,
) => HandlerOutput<NonNullable<O["types"]>["output"]> | Promise<HandlerOutput<NonNullable<O["types"]>["output"]>>;

/** An input as handlers receive it: a streaming body is read by the handler. Its checksums are verified at its end. */
export type HandlerInput<T> = {
  [Name in keyof T]: StreamingInput extends NonNullable<T[Name]>
    ? NonNullable<T[Name]> extends StreamingInput
      ? StreamingBody | Extract<T[Name], undefined>
      : T[Name]
    : T[Name];
};

/**
 * An output as handlers may return it: an optional member may also be undefined, which means absent, and a streaming
 * body may be any source of bytes.
 */
export type HandlerOutput<T> = T extends StreamingBody
  ? StreamingInput
  : T extends EventStream<infer Event>
    ? AsyncIterable<HandlerOutput<Event>>
    : T extends string | number | boolean | bigint | null | undefined | Date | Uint8Array
      ? T
      : T extends readonly (infer Item)[]
        ? readonly HandlerOutput<Item>[]
        : { readonly [Name in keyof T]: HandlerOutput<T[Name]> | (object extends Pick<T, Name> ? undefined : never) };

/** Information about the request besides its input. */
export interface RequestContext {
  /** Name of the operation in the model: `LookupEvents`. */
  readonly operation: string;
  /** The request ID of the response. */
  readonly requestId: string;
  /** Access key ID of the signature; undefined if the operation requires no signature and there was none. */
  readonly accessKeyId: string | undefined;
  /** The Region of the signature. */
  readonly region: string | undefined;
  /** Number of the attempt within a call, from 1, if the client sends it (in `amz-sdk-request`, as AWS SDKs do). */
  readonly attempt: number | undefined;
  /** The request as received, including headers. */
  readonly request: ReceivedRequest;
  /** Aborted when the client disconnects or the service is closed. */
  readonly signal: AbortSignal;
}
