import { setOwn } from "../schema/values.js";
import { type AbortListener, type AbortRegistration, listenForAbort } from "../time/abort.js";
import { abortError } from "../time/deadline.js";
import { longestTimer } from "../time/timers.js";
import type { ExchangeFailure, ExchangePhase } from "./failure.js";
import type { HttpRequest, HttpResponse, TransportOptions } from "./types.js";

/** What takes requests: any dispatcher of undici 7. */
export interface UndiciDispatcher {
  dispatch(options: object, handler: object): boolean;
}

/** What an exchange wants of the transport that it belongs to. */
export interface ExchangeOwner {
  /** Milliseconds after which the transport gives up opening a connection; undefined where another decides. */
  readonly connectTimeout: number | undefined;
  /** How many connections to the origin are in use, should these be all that there may be. */
  exhausted(origin: string): number | undefined;
  /** The exchange is over. */
  settled(): void;
}

/** undici's handle on a running request. */
interface Controller {
  abort(reason: Error): void;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const noBody = new Uint8Array(0);

/**
 * One request and its response: the handler that undici calls back, and what watches the time limits and the signal.
 * Settles once; whatever comes later is ignored.
 *
 * undici's own timers are off, since they tick twice a second only.
 */
export class Exchange implements AbortListener {
  readonly #request: HttpRequest;
  readonly #options: TransportOptions;
  readonly #owner: ExchangeOwner;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;
  #phase: ExchangePhase = "connect";
  #settled = false;
  #controller: Controller | undefined;
  #abort: AbortRegistration | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #status = 0;
  #headers: Headers = {};
  #body: Uint8Array = noBody;
  /** All parts of the body, once there are two. */
  #parts: Uint8Array[] | undefined;
  #received = 0;

  constructor(
    request: HttpRequest,
    options: TransportOptions,
    owner: ExchangeOwner,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    this.#request = request;
    this.#options = options;
    this.#owner = owner;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(dispatcher: UndiciDispatcher): void {
    const { origin, method, path, query, headers, body } = this.#request;
    const { signal } = this.#options;
    if (signal) this.#abort = listenForAbort(signal, this);
    this.#limit(this.#options.connectTimeout);
    const options = {
      origin,
      method,
      path: query === "" ? path : `${path}?${query}`,
      headers,
      body,
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    try {
      dispatcher.dispatch(options, this);
    } catch (error) {
      this.onResponseError(undefined, error);
    }
  }

  onRequestStart(controller: Controller): void {
    // A request that was given up while it waited. Aborting it now would cost undici the connection; throwing makes it
    // go on to the next request in its queue.
    if (this.#settled) throw new Error("given up before it was sent");
    this.#controller = controller;
    this.#phase = "headers";
    this.#limit(this.#options.headersTimeout);
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    // After an interim response the real one is still to come.
    if (status < 200 || this.#settled) return;
    this.#phase = "body";
    this.#limit(this.#options.bodyTimeout);
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Controller, chunk: Uint8Array): void {
    this.#timer?.refresh();
    if (this.#received === 0) this.#body = chunk;
    else if (this.#parts) this.#parts.push(chunk);
    else this.#parts = [this.#body, chunk];
    this.#received += chunk.byteLength;
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    this.#settle();
    const response: HttpResponse = {
      status: this.#status,
      headers: joinValues(this.#headers),
      body: this.#parts ? Buffer.concat(this.#parts, this.#received) : this.#body,
    };
    // undici frees the connection in an immediate that it is about to queue. The caller goes on right after that one, so
    // that a next request finds the connection free instead of opening a second one.
    process.nextTick(setImmediate, this.#resolve, response);
  }

  onResponseError(_controller: Controller | undefined, error: unknown): void {
    if (!this.#settled) this.#fail({ error });
  }

  onAbort(signal: AbortSignal): void {
    this.#reject(abortError(signal));
    this.#giveUp();
  }

  #limit(milliseconds: number): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer =
      milliseconds > 0 ? setTimeout(Exchange.#onTimer, Math.min(milliseconds, longestTimer), this) : undefined;
  }

  static #onTimer(this: void, exchange: Exchange): void {
    // Where the process was busy for long, what it waits for may have come already: that is looked at first.
    const phase = exchange.#phase;
    const received = exchange.#received;
    setImmediate(() => {
      if (exchange.#settled || exchange.#phase !== phase || exchange.#received !== received) return;
      exchange.#fail({ limit: exchange.#options[`${phase}Timeout`] });
    });
  }

  /** Notes how things stand now; the error is put together once its words are loaded. */
  #fail(why: ExchangeFailure["why"]): void {
    const failure: ExchangeFailure = {
      request: this.#request,
      phase: this.#phase,
      status: this.#status,
      received: this.#received,
      connectTimeout: this.#owner.connectTimeout,
      exhausted: this.#owner.exhausted(this.#request.origin),
      why,
    };
    import("./failure.js").then(({ exchangeError }) => this.#reject(exchangeError(failure))).catch(this.#reject);
    this.#giveUp();
  }

  #giveUp(): void {
    this.#settle();
    this.#controller?.abort(new Error("given up"));
  }

  #settle(): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#abort?.end();
    this.#owner.settled();
  }
}

/** undici gives several values of one name as an array. */
function joinValues(headers: Headers): Record<string, string> {
  for (const name in headers) {
    if (typeof headers[name] === "string") continue;
    const joined: Record<string, string> = {};
    for (const [key, value] of Object.entries(headers)) {
      if (value !== undefined) setOwn(joined, key, typeof value === "string" ? value : value.join(", "));
    }
    return joined;
  }
  return headers as Record<string, string>;
}
