import type { Readable } from "node:stream";
import type { EventStream } from "../event-streams/types.js";
import type { Pagination } from "../operations/paginate.js";
import type { ServiceModel } from "../schema/service.js";
import type { StreamingBody } from "../streams/types.js";
import type { Waiter } from "../operations/wait.js";
import type { ServiceOptions } from "./config/config.js";
import type { Request } from "./request.js";
import type { Response } from "./response.js";
import type { Service } from "./service.js";

/** The error of a request, identified by its `code`. */
export interface AWSError extends Error {
  /** The service's error code, or one of the client's: `NetworkingError`, `TimeoutError`, `RequestAbortedError`, … */
  code: string;
  message: string;
  /** When the error was made. */
  time: Date;
  /** Whether the same request may succeed later. */
  retryable?: boolean;
  /** Status of the response; undefined where there was none. */
  statusCode?: number;
  requestId?: string;
  extendedRequestId?: string;
  cfId?: string;
  region?: string;
  hostname?: string;
  /** Milliseconds until the next attempt, if there is one. */
  retryDelay?: number;
  /** The single errors where `code` is `MultipleValidationErrors`. */
  errors?: AWSError[];
  /** The error that this one was made of. */
  originalError?: Error;
}

/** The definition of a class of service objects. */
export interface ServiceDefinition {
  readonly model: ServiceModel;
  /** Key of the service in `config` and `apiVersions`: `cloudtrail`. */
  readonly serviceIdentifier: string;
  /** Versions of the API, oldest first: `2013-11-01`. */
  readonly apiVersions: readonly string[];
  /** By method name: `lookupEvents`. */
  readonly paginators?: Readonly<Record<string, ClassicPagination>>;
  /** By the name of the state that `waitFor` takes: `tableExists`. */
  readonly waiters?: Readonly<Record<string, ClassicWaiter>>;
  /** Methods whose data has its payload as text, where AWS SDK v2 converts it: `invoke`. */
  readonly textPayloads?: readonly string[];
  /** Makes the streams of operations with events; without it, such operations are rejected. */
  readonly eventStreams?: (events: EventStream<object>, reader: EventReader) => Readable;
  /** Members, by name, that have another type in AWS SDK v2 than in the model. */
  readonly memberTypes?: Readonly<Record<string, "string" | "number">>;
}

/** How the events of one response are read. */
export interface EventReader {
  /** The event in the form of AWS SDK v2. */
  change(event: object): unknown;
  /** The error of a request for one of the stream. */
  failed(error: unknown): AWSError;
}

/** How an operation pages: `smithy.api#paginated`, or an entry of `paginators-1.json`. */
export interface ClassicPagination extends Pagination {
  /** Further tokens, where there is more than one. */
  readonly further?: readonly { readonly inputToken: string; readonly outputToken: readonly string[] }[];
}

/** How a state is waited for: `smithy.waiters#waitable`, or an entry of `waiters-2.json`. */
export interface ClassicWaiter extends Waiter<never, never> {
  /** Method name of the operation that is polled: `describeTable`. */
  readonly operation: string;
  /** Max requests; the default of AWS SDK v2 where absent. */
  readonly maxAttempts?: number;
}

/** Receives the outcome of a request. Once `err` has been checked, `data` is known to be set. `this` is the response. */
export type Callback<Data, Err = AWSError> = (
  this: Response<Data, Err>,
  ...outcome: [err: Err, data: null] | [err: null, data: Data]
) => void;

/** The form of the declarations of AWS SDK v2, for callbacks that are declared so. */
export type LooseCallback<Data, Err = AWSError> = (this: Response<Data, Err>, err: Err, data: Data) => void;

/** Either of the two. */
export type AnyCallback = (this: never, err: never, data: never) => void;

/**
 * A method of a service object, one an operation. With a callback the request is sent at once; without, it is sent by
 * `send()`, `promise()`, `eachPage()`, `eachItem()` or `createReadStream()`.
 */
export interface Method<Input extends object = object, Output extends object = object, Item = unknown> {
  (params: Input, callback: Callback<Output>): Request<Output, AWSError, Item>;
  (callback: Callback<Output>): Request<Output, AWSError, Item>;
  (callback: LooseCallback<Output>): Request<Output, AWSError, Item>;
  (params?: Input, callback?: LooseCallback<Output>): Request<Output, AWSError, Item>;
}

/** The data of a request whose function returns a streaming body: here the body is a `Buffer`. */
export type Gathered<Output> = {
  [Name in keyof Output]: Output[Name] extends StreamingBody ? Buffer : Output[Name];
};

/** The data of a request whose function returns events: here they are a stream of Node. */
export type Streamed<Output> = {
  [Name in keyof Output]: NonNullable<Output[Name]> extends EventStream<infer Event>
    ? EventReadable<Event> | Extract<Output[Name], undefined>
    : Output[Name];
};

/** Events as a stream of Node in object mode: `data.Payload.on("data", (event) => …)`, or `for await`. */
export interface EventReadable<Event> extends Omit<Readable, "on" | typeof Symbol.asyncIterator> {
  on(event: "data", listener: (event: Event) => void): this;
  on(event: "error", listener: (error: AWSError) => void): this;
  on(event: string | symbol, listener: (...args: never[]) => void): this;
  [Symbol.asyncIterator](): AsyncIterableIterator<Event>;
}

/** Parameters or data with the members that have another type in AWS SDK v2 than in the model, at whatever depth. */
export type Retyped<Shape, Types> = {
  [Name in keyof Shape]: Name extends keyof Types
    ? Types[Name] | Extract<Shape[Name], undefined>
    : keyof Types & keyof NonNullable<Shape[Name]> extends never
      ? Shape[Name]
      : Retyped<NonNullable<Shape[Name]>, Types> | Extract<Shape[Name], undefined>;
};

/** Replaces the delay and max attempts of a waiter. */
export interface WaiterOptions {
  /** Seconds between two requests. */
  readonly delay?: number;
  /** Max requests after the first one. */
  readonly maxAttempts?: number;
}

/**
 * `waitFor` of a service object: polls an operation until the service is in a state. The outcome is that of the last request;
 * a state that is not reached fails with the code `ResourceNotReady`. A state that the service does not have throws
 * `StateNotFoundError`.
 *
 * @template States by state, the method of the operation that is polled
 */
export interface Waiting<States> {
  <State extends keyof States & string>(
    state: State,
    params: WaitingParams<States[State]> | null | undefined,
    callback: Callback<OutputOf<States[State]>>,
  ): Request<OutputOf<States[State]>>;
  <State extends keyof States & string>(
    state: State,
    callback: Callback<OutputOf<States[State]>>,
  ): Request<OutputOf<States[State]>>;
  <State extends keyof States & string>(
    state: State,
    params?: WaitingParams<States[State]> | null | LooseCallback<OutputOf<States[State]>>,
    callback?: LooseCallback<OutputOf<States[State]>>,
  ): Request<OutputOf<States[State]>>;
}

/** Parameters of the operation that is polled, and how to wait. */
export type WaitingParams<Operation> = InputOf<Operation> & { readonly $waiter?: WaiterOptions };

/** Names of the methods of a service object that are operations. */
export type OperationName<Self> = {
  [Name in Exclude<keyof Self, keyof Service>]-?: Self[Name] extends (...args: never[]) => Request<infer _Data>
    ? Name
    : never;
}[Exclude<keyof Self, keyof Service>] &
  string;

/** Parameters of a method, and its data. */
export type InputOf<Operation> = Operation extends (params?: infer Input, ...rest: never[]) => unknown
  ? NonNullable<Input>
  : never;
export type OutputOf<Operation> = Operation extends (...args: never[]) => Request<infer Output> ? Output : never;

/** The class of a service's objects. */
export interface ServiceConstructor<Self extends Service = Service, Options extends object = ServiceOptions> {
  new (options?: Options): Self;
  readonly prototype: Self;
  /** Key of the service in `config` and `apiVersions`: `cloudtrail`. */
  readonly serviceIdentifier: string;
  /** Versions of the API, oldest first. */
  readonly apiVersions: string[];
  readonly definition: ServiceDefinition;
}

/** A service object whose operations are known at run time only. */
export type DynamicService = Service & {
  readonly waitFor: Waiting<Record<string, DynamicMethod>>;
  readonly [operation: string]: DynamicMethod;
};

type DynamicMethod = Method<Record<string, unknown>, Record<string, unknown>>;
