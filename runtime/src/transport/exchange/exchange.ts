import { nextTick, setImmediate } from "../../time/real-ticks.js";
import { streaming } from "./streaming.js";
import { type AbortListener, type AbortRegistration, listenForAbort, longestTimer } from "../../signals/abort.js";
import { abortError } from "../../signals/deadline.js";
import { ResponseTooLarge } from "../../streams/response-too-large.js";
import type { ExchangeFailure, ExchangePhase } from "./phases.js";
import { withTiming } from "../../errors/timing.js";
import { unnamedFailure, at, limitOf } from "./phases.js";
import type { SendingExchange, StreamedRequest } from "./streamed-request.js";
import type { ReceivingExchange, StreamedResponse } from "./streamed-response.js";
import type { HttpRequest, HttpResponse, ResponseTiming, TransportOptions } from "../../schema/http.js";
import { type HandedOver, Unread, type InFlight } from "./in-flight.js";

const noBody = new Uint8Array(0);

/**
 * One request and its response. Enforces the time limits and the signal, while the HTTP client reports the progress.
 * Settles once; later events are ignored.
 */
export abstract class Exchange implements AbortListener, SendingExchange, ReceivingExchange, HandedOver {
  protected readonly request: HttpRequest;
  /** The request's body, if it is streaming. */
  protected readonly streamedRequest: StreamedRequest | undefined;
  /** The same, if the time limits wait for it: not if it is duplex, where the response is due whatever is sent. */
  readonly #timedRequest: StreamedRequest | undefined;
  readonly #options: TransportOptions;
  readonly #owner: ExchangeOwner;
  readonly #resolve: (response: HttpResponse) => void;
  #reject: (error: Error) => void;
  readonly #startedAt = performance.now();
  #connectedAt = 0;
  #respondedAt = 0;
  #phase: ExchangePhase = "connect";
  #settled = false;
  #abort: AbortRegistration | undefined;
  /** A number in Jest's jsdom environment, where the limit of a body that is not streamed is one for all of it. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #status = 0;
  #body: Uint8Array = noBody;
  /** All chunks of the body, once there are two. */
  #parts: Uint8Array[] | undefined;
  #received = 0;
  /** The response's body, once it was returned as a stream. */
  #streamedResponse: StreamedResponse | undefined;

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
    this.#resolve = resolve;
    this.#reject = reject;
    const { stream, headers } = request;
    this.streamedRequest = stream && new (streaming().StreamedRequest)(stream, headers, this);
    if (!options.duplex) this.#timedRequest = this.streamedRequest;
  }

  /** Aborts the request in the HTTP client, if it is still in flight there. */
  protected abstract cancel(): void;

  /** Makes the HTTP client pause reading the response. */
  protected abstract pause(): void;

  protected abstract resume(): void;

  protected get isSettled(): boolean {
    return this.#settled;
  }

  protected begin(): void {
    const { signal, connectTimeout } = this.#options;
    if (signal) this.#abort = listenForAbort(signal, this);
    this.#limit(connectTimeout);
  }

  /** A connected socket has taken the request. */
  protected connected(): void {
    this.#phase = this.#timedRequest ? "sending" : "headers";
    this.#connectedAt = performance.now();
    this.#limit(this.#options[limitOf[this.#phase]]);
  }

  protected responded(status: number): void {
    this.#status = status;
    this.#phase = "body";
    this.#respondedAt = performance.now();
    this.#limit(this.#options.bodyTimeout);
    // With such a status the server rejects the rest of the upload. Sending on could break the connection and lose the
    // response.
    if (status >= 300) this.streamedRequest?.stop();
  }

  /** Whether the response is returned once its headers have arrived. */
  protected get isStreamed(): boolean {
    return this.#options.streamed !== undefined;
  }

  protected handOver(headers: Readonly<Record<string, string>>): void {
    const { underWay } = this.#owner;
    const { StreamedResponse: Streamed } = streaming();
    const signal = this.#options.streamed?.signal;
    this.#abort?.end();
    if (signal?.aborted) return this.onAbort(signal);
    this.#abort = signal && listenForAbort(signal, this);
    const stream = new Streamed(this);
    this.#streamedResponse = stream;
    this.#reject = (error) => stream.fail(error);
    underWay.handedOver(this);
    this.onSatisfied();
    this.#resolve({ status: this.#status, headers, body: noBody, stream, timing: this.#timing() });
  }

  protected receive(chunk: Uint8Array): void {
    if (this.#streamedResponse) {
      // An empty chunk makes undici's parser resume although it was paused: the connection has ended (sockets.ts).
      if (chunk.byteLength === 0) return this.resume();
      this.#received += chunk.byteLength;
      this.#streamedResponse.push(chunk);
      return;
    }
    this.#timer?.refresh?.();
    if (this.#received === 0) this.#body = chunk;
    else if (this.#parts) this.#parts.push(chunk);
    else this.#parts = [this.#body, chunk];
    this.#received += chunk.byteLength;
    if (this.#received > this.#owner.maxResponseSize) this.fail(new ResponseTooLarge(this.#owner.maxResponseSize));
  }

  protected complete(headers: Readonly<Record<string, string>>): void {
    this.#settle();
    // The response came first. The rest of the request is not sent, so the connection cannot be reused.
    if (this.streamedRequest?.isSent === false) this.cancel();
    const stream = this.#streamedResponse;
    if (stream) {
      nextTick(setImmediate, () => stream.end());
      return;
    }
    const response: HttpResponse = {
      status: this.#status,
      headers,
      body: this.#parts ? Buffer.concat(this.#parts, this.#received) : this.#body,
      timing: this.#timing(),
    };
    // The HTTP client frees the connection in an immediate that it is about to queue. The caller continues right after
    // it, so that the next request finds the connection free instead of opening a second one.
    nextTick(setImmediate, this.#resolve, response);
  }

  /**
   * @param kept whether the connection had served an earlier request, if the HTTP client reports this outside of the
   *   error
   */
  protected fail(error: unknown, kept?: boolean): void {
    if (!this.#settled) this.#fail({ error, kept });
  }

  /** The peer has accepted nothing of the request for so many milliseconds, whatever the response does. */
  protected expire(limit: number): void {
    if (this.#settled) return;
    this.#phase = "sending";
    this.#fail({ limit });
  }

  onSending(): void {
    if (!this.#settled) this.#timer?.refresh?.();
  }

  onSent(): void {
    if (this.#phase !== "sending") return;
    this.#phase = "headers";
    this.#limit(this.#options.headersTimeout);
  }

  onSourceFailure(error: unknown): void {
    if (!this.#settled) this.#fail({ error, isOfSource: true });
  }

  onWanted(): void {
    if (this.#settled) return;
    this.#limit(this.#options.bodyTimeout);
    this.resume();
  }

  /** A reader may pause for any time, unless the transport is closing. */
  onSatisfied(): void {
    const { bodyTimeout, streamed } = this.#options;
    const limit = streamed?.pauseTimeout ?? bodyTimeout;
    if (!this.#settled) this.#limit(this.#owner.underWay.isClosing ? limit : 0);
  }

  onFull(): void {
    if (!this.#settled) this.pause();
  }

  onAbandoned(): void {
    if (!this.#settled) this.#giveUp();
  }

  onClosing(): void {
    if (!this.#streamedResponse?.isBegun) this.#fail({ error: new Unread() });
    else if (!this.#streamedResponse.isWanted) this.onSatisfied();
  }

  onAbort(signal: AbortSignal): void {
    this.#streamedResponse?.discard();
    this.#reject(withTiming(abortError(signal, at[this.#phase]), this.#timing()));
    this.#giveUp();
  }

  #limit(milliseconds: number): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer =
      milliseconds > 0 ? setTimeout(Exchange.#onTimer, Math.min(milliseconds, longestTimer), this) : undefined;
  }

  static #onTimer(this: void, exchange: Exchange): void {
    // After a long block of the event loop, data may be waiting already, so it is read first.
    const timer = exchange.#timer;
    const steps = exchange.#steps();
    setImmediate(() => {
      if (exchange.#settled || exchange.#timer !== timer) return;
      // Data that arrives is no progress of a reader that has paused.
      const isUnread = exchange.#streamedResponse?.isWanted === false;
      if (!isUnread && exchange.#steps() !== steps) return;
      const limit = exchange.#options[limitOf[exchange.#phase]];
      exchange.#fail(isUnread ? { error: new Unread() } : { limit });
    });
  }

  /** Number of events: an unchanged number means no progress. */
  #steps(): number {
    return this.#received + (this.#timedRequest?.steps ?? 0);
  }

  /** Times of the phases so far; 0 for a phase that was not reached. */
  #timing(): ResponseTiming {
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
  #fail(why: ExchangeFailure["why"]): void {
    const timing = this.#timing();
    const streamed = this.streamedRequest;
    const failure: ExchangeFailure = {
      request: this.request,
      phase: this.#phase,
      status: this.#status,
      received: this.#received,
      ...(streamed && { sent: streamed.sent, isReading: streamed.isReading, isSentForSure: streamed.isSent }),
      connectTimeout: this.#owner.connectTimeout,
      exhausted: this.#owner.exhausted(this.request.origin),
      waited: timing.headers,
      proxy: this.#owner.proxyHost?.(this.request.origin),
      why,
    };
    import("./failure.js").then(
      ({ exchangeError }) => this.#reject(withTiming(exchangeError(failure), timing)),
      (unloaded) => this.#reject(unnamedFailure(failure, unloaded)),
    );
    this.#giveUp();
  }

  #giveUp(): void {
    this.#settle();
    this.cancel();
  }

  #settle(): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#abort?.end();
    this.streamedRequest?.end();
    if (this.#streamedResponse) this.#owner.underWay.readToEnd(this);
    this.#owner.underWay.ended(this.#received + (this.streamedRequest?.sent ?? 0));
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
  readonly underWay: InFlight;
}
