import { nextTick, setImmediate } from "../../time/real-ticks.js";
import { streaming } from "./streaming.js";
import { type AbortListener, type AbortRegistration, listenForAbort, maxTimer } from "../../signals/abort.js";
import { abortError } from "../../signals/deadline.js";
import { ResponseTooLarge } from "../../streams/response-too-large.js";
import type { ExchangeFailure, ExchangePhase } from "./phases.js";
import { withTiming } from "../../errors/timing.js";
import { at, limitOf } from "./phases.js";
import { reportFailure } from "./report-failure.js";
import type { StreamedRequest } from "./streamed-request.js";
import type { ExchangeStreams, StreamingExchange } from "./streams.js";
import type { HttpRequest, HttpResponse, ResponseTiming, TransportOptions } from "../../schema/http.js";
import { Unread, type InFlight } from "./in-flight.js";

const noBody = new Uint8Array(0);

/**
 * One request and its response. Enforces the time limits and the signal, while the HTTP client reports the progress.
 * Settles once; later events are ignored.
 */
export abstract class Exchange implements AbortListener, StreamingExchange {
  protected readonly request: HttpRequest;
  /** The bodies that are streaming. */
  protected readonly streams: ExchangeStreams | undefined;
  readonly #options: TransportOptions;
  readonly #owner: ExchangeOwner;
  readonly resolve: (response: HttpResponse) => void;
  reject: (error: Error) => void;
  readonly #startedAt = performance.now();
  #connectedAt = 0;
  #respondedAt = 0;
  phase: ExchangePhase = "connect";
  #settled = false;
  #abort: AbortRegistration | undefined;
  /** A number in Jest's jsdom environment, where the limit of a body that is not streamed is one for all of it. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  status = 0;
  #body: Uint8Array = noBody;
  /** All chunks of the body, once there are two. */
  #parts: Uint8Array[] | undefined;
  received = 0;

  constructor(
    request: HttpRequest,
    options: TransportOptions,
    owner: ExchangeOwner,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    this.request = request;
    this.#options = options;
    this.#owner = owner;
    this.resolve = resolve;
    this.reject = reject;
    if (request.stream || options.streamed) {
      this.streams = new (streaming("ExchangeStreams"))(this, request, options, owner.inFlight);
    }
  }

  /** Aborts the request in the HTTP client, if it is still in flight there. */
  protected abstract cancel(): void;

  /** Makes the HTTP client pause reading the response. */
  abstract pause(): void;

  abstract resume(): void;

  get isSettled(): boolean {
    return this.#settled;
  }

  /** The request's body, if it is streaming. */
  protected get streamedRequest(): StreamedRequest | undefined {
    return this.streams?.request;
  }

  protected begin(): void {
    this.listenTo(this.#options.signal);
    this.limit(this.#options.connectTimeout);
  }

  listenTo(signal: AbortSignal | undefined): void {
    this.#abort?.end();
    this.#abort = signal && listenForAbort(signal, this);
  }

  /** A connected socket has taken the request. */
  protected connected(): void {
    this.phase = this.streams?.timed ? "sending" : "headers";
    this.#connectedAt = performance.now();
    this.limit(this.#options[limitOf[this.phase]]);
  }

  protected responded(status: number): void {
    this.status = status;
    this.phase = "body";
    this.#respondedAt = performance.now();
    this.limit(this.#options.bodyTimeout);
    // With such a status the server rejects the rest of the upload. Sending on could break the connection and lose the
    // response.
    if (status >= 300) this.streams?.request?.stop();
  }

  /** Whether the response is returned once its headers have arrived. */
  protected get isStreamed(): boolean {
    return this.#options.streamed !== undefined;
  }

  protected receive(chunk: Uint8Array): void {
    if (this.streams?.response) return this.streams.receive(chunk);
    this.refresh();
    if (this.received === 0) this.#body = chunk;
    else if (this.#parts) this.#parts.push(chunk);
    else this.#parts = [this.#body, chunk];
    this.received += chunk.byteLength;
    if (this.received > this.#owner.maxResponseSize) this.fail(new ResponseTooLarge(this.#owner.maxResponseSize));
  }

  protected complete(headers: Readonly<Record<string, string>>): void {
    this.#settle();
    // The response came first. The rest of the request is not sent, so the connection cannot be reused.
    if (this.streams?.request?.isSent === false) this.cancel();
    const stream = this.streams?.response;
    if (stream) {
      nextTick(setImmediate, () => stream.end());
      return;
    }
    const response: HttpResponse = {
      status: this.status,
      headers,
      body: this.#parts ? Buffer.concat(this.#parts, this.received) : this.#body,
      isJoined: this.#parts !== undefined,
      timing: this.timing(),
    };
    // The HTTP client frees the connection in an immediate that it is about to queue. The caller continues right after
    // it, so that the next request finds the connection free instead of opening a second one.
    nextTick(setImmediate, this.resolve, response);
  }

  /**
   * @param pooled whether the connection had served an earlier request, if the HTTP client reports this outside of the
   *   error
   */
  protected fail(error: unknown, pooled?: boolean): void {
    if (!this.#settled) this.failWith({ error, pooled });
  }

  /** The peer has accepted nothing of the request for so many milliseconds, whatever the response does. */
  protected expire(limit: number): void {
    if (this.#settled) return;
    this.phase = "sending";
    this.failWith({ limit });
  }

  refresh(): void {
    this.#timer?.refresh?.();
  }

  onAbort(signal: AbortSignal): void {
    this.streams?.response?.discard();
    this.reject(withTiming(abortError(signal, at[this.phase]), this.timing()));
    this.giveUp();
  }

  limit(milliseconds: number): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = milliseconds > 0 ? setTimeout(Exchange.#onTimer, Math.min(milliseconds, maxTimer), this) : undefined;
  }

  static #onTimer(this: void, exchange: Exchange): void {
    // After a long block of the event loop, data may be waiting already, so it is read first.
    const timer = exchange.#timer;
    const steps = exchange.#steps();
    setImmediate(() => {
      if (exchange.#settled || exchange.#timer !== timer) return;
      // Data that arrives is no progress of a reader that has paused.
      const isUnread = exchange.streams?.response?.isWanted === false;
      if (!isUnread && exchange.#steps() !== steps) return;
      const limit = exchange.#options[limitOf[exchange.phase]];
      exchange.failWith(isUnread ? { error: new Unread() } : { limit });
    });
  }

  /** Number of events: an unchanged number means no progress. */
  #steps(): number {
    return this.received + (this.streams?.timed?.steps ?? 0);
  }

  /** Times of the phases so far; 0 for a phase that was not reached. */
  timing(): ResponseTiming {
    const now = performance.now();
    const connectedAt = this.#connectedAt || now;
    const respondedAt = this.#respondedAt || now;
    return {
      connect: connectedAt - this.#startedAt,
      headers: respondedAt - connectedAt,
      body: now - respondedAt,
    };
  }

  /** Captures the current state. The error is created once the code with its message is loaded. */
  failWith(why: ExchangeFailure["why"]): void {
    const timing = this.timing();
    const failure: ExchangeFailure = {
      request: this.request,
      phase: this.phase,
      status: this.status,
      received: this.received,
      ...this.streams?.facts,
      connectTimeout: this.#owner.connectTimeout,
      exhausted: this.#owner.exhausted(this.request.origin),
      waited: timing.headers,
      proxy: this.#owner.proxyHost?.(this.request.origin),
      why,
    };
    reportFailure(failure, (error) => this.reject(withTiming(error, timing)));
    this.giveUp();
  }

  giveUp(): void {
    this.#settle();
    this.cancel();
  }

  #settle(): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#abort?.end();
    this.streams?.end();
    this.#owner.inFlight.ended(this.received + (this.streams?.request?.sent ?? 0));
  }
}

/** What an exchange needs from its transport. */
export interface ExchangeOwner {
  /**
   * Time limit of the transport for opening a connection, in milliseconds; undefined if another component has the
   * limit.
   */
  readonly connectTimeout: number | undefined;
  /** Max size of a response's body, in bytes. */
  readonly maxResponseSize: number;
  /** Host and port of the proxy for requests to the origin, for messages. */
  proxyHost?(origin: string): string | undefined;
  /** Connections to the origin in use, if no more are allowed. */
  exhausted(origin: string): number | undefined;
  readonly inFlight: InFlight;
}
