import type { Pagination } from "../operations/paginate.js";
import type { ServiceModel } from "../schema/service.js";
import type { StreamingBody } from "../streams/types.js";
import type { Waiter } from "../operations/wait.js";
import type { ServiceOptions } from "./config/config.js";
import type { Request } from "./request.js";
import type { Response } from "./response.js";
import type { Service } from "./service.js";

/** What a request fails with: an `Error` whose `code` tells which. */
export interface AWSError extends Error {
  /** The service's error code, or one of the client's: `NetworkingError`, `TimeoutError`, `RequestAbortedError`, … */
  code: string;
  message: string;
  /** When the error came about. */
  time: Date;
  /** Whether sending the same once more may help. */
  retryable?: boolean;
  /** Status of the answer; undefined where there was none. */
  statusCode?: number;
  requestId?: string;
  extendedRequestId?: string;
  cfId?: string;
  region?: string;
  hostname?: string;
  /** Milliseconds until the next attempt, while there is to be one. */
  retryDelay?: number;
  /** The single failures where `code` is `MultipleValidationErrors`. */
  errors?: AWSError[];
  /** What this error was made from. */
  originalError?: Error;
}

/** Everything that a class of service objects is made of. */
export interface ServiceDefinition {
  readonly model: ServiceModel;
  /** Key of the service in `config` and `apiVersions`: `cloudtrail`. */
  readonly serviceIdentifier: string;
  /** Versions of the API that can be asked for, oldest first: `2013-11-01`. */
  readonly apiVersions: readonly string[];
  /** By method name: `lookupEvents`. */
  readonly paginators?: Readonly<Record<string, ClassicPagination>>;
  /** By the state that is waited for, as `waitFor` takes it: `tableExists`. */
  readonly waiters?: Readonly<Record<string, ClassicWaiter>>;
  /** Methods whose data has its payload as text, where AWS SDK v2 converts it: `invoke`. */
  readonly textPayloads?: readonly string[];
  /** Members, by name, that have another type in AWS SDK v2 than in the model. */
  readonly memberTypes?: Readonly<Record<string, "string" | "number">>;
}

/** How an operation pages: `smithy.api#paginated`, or an entry of `paginators-1.json`. */
export interface ClassicPagination extends Pagination {
  /** Where more than one token is passed on, the further ones. */
  readonly further?: readonly { readonly inputToken: string; readonly outputToken: readonly string[] }[];
}

/** How a state is waited for: `smithy.waiters#waitable`, or an entry of `waiters-2.json`. */
export interface ClassicWaiter extends Waiter<never, never> {
  /** Method name of the operation that is polled: `describeTable`. */
  readonly operation: string;
  /** Requests at most; the original's default for a service where absent. */
  readonly maxAttempts?: number;
}

/** Gets the outcome of a request. Once `err` has been checked, `data` is known to be there. `this` is the response. */
export type Callback<Data, Err = AWSError> = (
  this: Response<Data, Err>,
  ...outcome: [err: Err, data: null] | [err: null, data: Data]
) => void;

/** The form that the original's declarations have, for callbacks that are declared so. */
export type LooseCallback<Data, Err = AWSError> = (this: Response<Data, Err>, err: Err, data: Data) => void;

/** Any of the two, to be called with whatever the outcome is. */
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

/** Parameters or data with the members that have another type in AWS SDK v2 than in the model, at whatever depth. */
export type Retyped<Shape, Types> = {
  [Name in keyof Shape]: Name extends keyof Types
    ? Types[Name] | Extract<Shape[Name], undefined>
    : keyof Types & keyof NonNullable<Shape[Name]> extends never
      ? Shape[Name]
      : Retyped<NonNullable<Shape[Name]>, Types> | Extract<Shape[Name], undefined>;
};

/** How long {@link Waiting} goes on, where the state's own way is not to count. */
export interface WaiterOptions {
  /** Seconds between two requests. */
  readonly delay?: number;
  /** Requests after the first one at most. */
  readonly maxAttempts?: number;
}

/**
 * `waitFor` of a service object: polls an operation until the service is in a state. The outcome is that of the request
 * that finds it so; what is not there in the end fails with the code `ResourceNotReady`. A state that the service does not
 * know throws `StateNotFoundError`.
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

/** Names of the methods of a service object that stand for operations. */
export type OperationName<Self> = {
  [Name in Exclude<keyof Self, keyof Service>]-?: Self[Name] extends (...args: never[]) => Request<infer _Data>
    ? Name
    : never;
}[Exclude<keyof Self, keyof Service>] &
  string;

/** Parameters that a method takes, and data that it gives. */
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
  /** Versions of the API that can be asked for, oldest first. */
  readonly apiVersions: string[];
  readonly definition: ServiceDefinition;
}

/** A service object whose operations are known at run time only. */
export type DynamicService = Service & {
  readonly waitFor: Waiting<Record<string, DynamicMethod>>;
  readonly [operation: string]: DynamicMethod;
};

type DynamicMethod = Method<Record<string, unknown>, Record<string, unknown>>;
