import type { Readable } from "node:stream";
import type { Operation } from "../schema/service.js";
import type { SignatureForm } from "../signing/types.js";
import { abortedCode, abortedError } from "./aws-error.js";
import { Emitter } from "./events/emitter.js";
import { HttpRequest } from "./http-request.js";
import { eachItem, eachPage, type LoosePageCallback, type PageCallback } from "./pages.js";
import { createReadStream } from "./read-stream.js";
import { Response } from "./response.js";
import type { Service } from "./service.js";
import type { AnyCallback, AWSError, Callback, ClassicPagination, LooseCallback } from "./types.js";

/** A domain of Node's `node:domain`. */
interface Domain {
  emit(event: "error", error: Error): boolean;
}

/** How much of a body has been sent or received, in bytes. */
export interface Progress {
  readonly loaded: number;
  /** Undefined where the response does not state it. */
  readonly total: number | undefined;
}

/** Arguments of the listeners of each event. */
export interface RequestEvents<Data, Err = AWSError> {
  validate: [request: Request<Data, Err>];
  build: [request: Request<Data, Err>];
  afterBuild: [request: Request<Data, Err>];
  sign: [request: Request<Data, Err>];
  /** A `build` or `afterBuild` listener failed. */
  restart: [request: Request<Data, Err>];
  send: [response: Response<Data, Err>];
  httpUploadProgress: [progress: Progress, response: Response<Data, Err>];
  httpHeaders: [
    statusCode: number,
    headers: Record<string, string>,
    response: Response<Data, Err>,
    statusMessage: string,
  ];
  httpDownloadProgress: [progress: Progress, response: Response<Data, Err>];
  httpData: [chunk: Buffer, response: Response<Data, Err>];
  httpDone: [response: Response<Data, Err>];
  httpError: [error: Err, response: Response<Data, Err>];
  validateResponse: [response: Response<Data, Err>];
  extractData: [response: Response<Data, Err>];
  extractError: [response: Response<Data, Err>];
  retry: [response: Response<Data, Err>];
  afterRetry: [response: Response<Data, Err>];
  success: [response: Response<Data, Err>];
  error: [error: Err, response: Response<Data, Err>];
  complete: [response: Response<Data, Err>];
}

/** What the promise of a request resolves with: the output, with the response as a property that is not enumerable. */
export type PromiseResult<Data, Err = AWSError> = Data & { readonly $response: Response<Data, Err> };

/** One call of an operation: sent once, and listened to by its events. `Item` is one of the items of its pages. */
export class Request<Data = unknown, Err = AWSError, Item = unknown> extends Emitter<RequestEvents<Data, Err>> {
  readonly service: Service;
  /** Name of the method: `lookupEvents`. */
  readonly operation: string;
  params: Record<string, unknown>;
  httpRequest: HttpRequest;
  readonly response: Response<Data, Err>;
  /** When the request was made, by the clock that is corrected for the service. */
  readonly startTime: Date;
  /** True where it is sent without credentials and signature. */
  isUnauthenticated = false;
  /** True where the body of the response is read as it comes. */
  streamsResponse = false;
  /** Another form of signature than headers, for a request that others send. */
  declare signatureForm?: SignatureForm;
  readonly #abort = new AbortController();
  readonly #domain: Domain | null | undefined = (process as { domain?: Domain | null }).domain;
  #state: State = "validate";
  #isRunning = false;

  constructor(service: Service, operation: string, params: object = {}) {
    super();
    this.service = service;
    this.operation = operation;
    this.params = params as Record<string, unknown>;
    this.httpRequest = new HttpRequest(service.endpoint, service.config.region);
    this.httpRequest.appendToUserAgent(service.config.customUserAgent);
    this.startTime = service.getSkewCorrectedDate();
    this.response = new Response(this);
  }

  /** The operation's descriptor; undefined where the service has no such operation. */
  get definition(): Operation | undefined {
    const { operations } = this.service.definition.model;
    return Object.hasOwn(operations, this.operation) ? operations[this.operation] : undefined;
  }

  /** How the operation pages; undefined where it does not. */
  get pagination(): ClassicPagination | undefined {
    return this.service.paginationConfig(this.operation);
  }

  /** Aborted by {@link abort}. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Sends the request; once it was sent, reports its outcome again. */
  send(callback?: Callback<Data, Err>): Response<Data, Err>;
  send(callback?: LooseCallback<Data, Err>): Response<Data, Err>;
  send(callback?: AnyCallback): Response<Data, Err> {
    if (callback) {
      this.httpRequest.appendToUserAgent("callback");
      this.on("complete", (response) => {
        (callback as LooseCallback<Data | null, Err | null>).call(response as never, response.error, response.data);
      });
    }
    this.#start();
    return this.response;
  }

  /** Sends the request. Rejects with what a callback gets as `err`. */
  promise(): Promise<PromiseResult<Data, Err>> {
    this.httpRequest.appendToUserAgent("promise");
    return new Promise((resolve, reject) => {
      this.on("complete", (response) => {
        if (response.error !== null) return reject(response.error as Error);
        const data = Object.defineProperty(response.data ?? {}, "$response", { value: response });
        resolve(data as PromiseResult<Data, Err>);
      });
      this.#start();
    });
  }

  /** Ends the request in any state: it fails with the code `RequestAbortedError`. One that was not sent is never sent. */
  abort(): this {
    this.#abort.abort();
    return this;
  }

  /**
   * Calls the callback for each page, then once with `(null, null)` or with the error that ended it. Returning `false` stops.
   *
   * @param callback one with a third parameter is waited for until it calls that
   */
  eachPage(callback: PageCallback<Data, Err>): void;
  eachPage(callback: LoosePageCallback<Data, Err>): void;
  eachPage(callback: PageCallback<Data, Err> | LoosePageCallback<Data, Err>): void {
    eachPage(this, callback as PageCallback<Data, Err>);
  }

  /** Calls the callback for each item of all pages, then once with `(null, null)` or with the error. Returning `false` stops. */
  eachItem(callback: (err: Err | null, item: Item | null) => unknown): void;
  eachItem(callback: (err: Err, item: Item) => unknown): void;
  eachItem(callback: (err: never, item: never) => unknown): void {
    eachItem(this, callback as (err: Err | null, item: unknown) => unknown);
  }

  isPageable(): boolean {
    return this.pagination !== undefined;
  }

  /** Sends the request and returns the body of the response as a stream; a failure is an `error` of the stream. */
  createReadStream(): Readable {
    return createReadStream(this);
  }

  /** Makes the request one without credentials and signature. */
  toUnauthenticated(): this {
    this.isUnauthenticated = true;
    return this;
  }

  /** Calls the listeners of an event, by default with the arguments of {@link RequestEvents}. */
  override emit(event: string, args?: readonly unknown[], done?: (error?: AWSError) => void): boolean {
    return super.emit(event, args ?? this.#argumentsOf(event), (error) => {
      if (error) this.response.error = error as Err;
      done?.(error);
    });
  }

  #argumentsOf(event: string): readonly unknown[] {
    if (event === "error") return [this.response.error, this.response];
    return ["validate", "build", "afterBuild", "restart", "sign"].includes(event) ? [this] : [this.response];
  }

  #start(): void {
    // A caller that starts it while the outcome is reported is served, too.
    if (this.#isRunning && this.#state !== "complete") return;
    this.#isRunning = true;
    if (this.signal.aborted && this.#state === "validate") this.#failAborted();
    this.#run();
  }

  /** Emits the events of the states one after the other. */
  #run(): void {
    const state = this.#state;
    this.emit(state, undefined, (thrown) => {
      if (isSettled(state)) {
        if (thrown) {
          this.#isRunning = false;
          return this.#raise(thrown);
        }
      } else if (this.signal.aborted && (this.response.error as AWSError | null)?.code !== abortedCode) {
        this.#failAborted();
        return this.#run();
      }
      const next = nextStates[state];
      if (!next) {
        this.#isRunning = false;
        return;
      }
      this.#state = this.response.error === null ? next.accept : next.fail;
      this.#run();
    });
  }

  #failAborted(): void {
    this.response.data = null;
    this.response.error = abortedError() as Err;
    this.#state = "error";
  }

  /** What is thrown once the outcome is reported concerns the process, not the request. */
  #raise(error: AWSError): void {
    if (!this.#domain) throw error;
    this.#domain.emit("error", Object.assign(error, { domain: this.#domain, domainThrown: false }));
  }
}

/** The states of a request; each is an event of the same name. */
export type State =
  | "validate"
  | "build"
  | "afterBuild"
  | "restart"
  | "sign"
  | "send"
  | "validateResponse"
  | "extractData"
  | "extractError"
  | "retry"
  | "afterRetry"
  | "success"
  | "error"
  | "complete";

/** The state after each state: without an error, and with one. */
export const nextStates: Readonly<Record<State, { readonly accept: State; readonly fail: State } | undefined>> = {
  validate: { accept: "build", fail: "error" },
  build: { accept: "afterBuild", fail: "restart" },
  afterBuild: { accept: "sign", fail: "restart" },
  restart: { accept: "build", fail: "error" },
  sign: { accept: "send", fail: "retry" },
  send: { accept: "validateResponse", fail: "retry" },
  validateResponse: { accept: "extractData", fail: "extractError" },
  extractError: { accept: "extractData", fail: "retry" },
  extractData: { accept: "success", fail: "retry" },
  retry: { accept: "afterRetry", fail: "afterRetry" },
  afterRetry: { accept: "sign", fail: "error" },
  success: { accept: "complete", fail: "complete" },
  error: { accept: "complete", fail: "complete" },
  complete: undefined,
};

/** True where the outcome is settled, so that a listener's exception no longer changes it. */
export function isSettled(state: string): boolean {
  return state === "success" || state === "error" || state === "complete";
}
