import { streaming } from "./streaming.js";
import { type AbortListener, type AbortRegistration, listenForAbort, longestTimer } from "../../signals/abort.js";
import { abortError } from "../../signals/deadline.js";
import { ResponseTooLarge } from "../limits.js";
import type { ExchangeFailure, ExchangePhase } from "./phases.js";
import { unnamedFailure, withTiming, at, limitOf } from "./phases.js";
import type { SendingExchange, StreamedRequest } from "./streamed-request.js";
import type { ReceivingExchange, StreamedResponse } from "./streamed-response.js";
import type { HttpRequest, HttpResponse, ResponseTiming, TransportOptions } from "../types.js";
import { type HandedOver, Unread, type InFlight } from "./in-flight.js";

const noBody = new Uint8Array(0);

/**
 * One request and its response: what watches the time limits and the signal, while the HTTP client in question reports
 * how far it is. Settles once; whatever comes later is ignored.
 */
export abstract class Exchange implements AbortListener, SendingExchange, ReceivingExchange, HandedOver {
  protected readonly request: HttpRequest;
  /** The request's body, where it comes in parts. */
  protected readonly streamedRequest: StreamedRequest | undefined;
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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #status = 0;
  #body: Uint8Array = noBody;
  /** All parts of the body, once there are two. */
  #parts: Uint8Array[] | undefined;
  #received = 0;
  /** The response's body, once it is handed over to be read as it comes. */
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
  }

  /** Ends the request with the HTTP client, if it still has it. */
  protected abstract cancel(): void;

  /** Has the HTTP client read nothing more of the response for now. */
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
    this.#phase = this.streamedRequest ? "sending" : "headers";
    this.#connectedAt = performance.now();
    this.#limit(this.#options[limitOf[this.#phase]]);
  }

  protected responded(status: number): void {
    this.#status = status;
    this.#phase = "body";
    this.#respondedAt = performance.now();
    this.#limit(this.#options.bodyTimeout);
    // Who answers so while the request is sent wants no more of it; to go on could lose the answer along with the connection.
    if (status >= 300) this.streamedRequest?.stop();
  }

  /** Whether the response is handed over with its headers. */
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
      // So tells undici's parser that it goes on though it was paused: the connection has ended (paused-parser.ts).
      if (chunk.byteLength === 0) return this.resume();
      this.#received += chunk.byteLength;
      this.#streamedResponse.push(chunk);
      return;
    }
    this.#timer?.refresh();
    if (this.#received === 0) this.#body = chunk;
    else if (this.#parts) this.#parts.push(chunk);
    else this.#parts = [this.#body, chunk];
    this.#received += chunk.byteLength;
    if (this.#received > this.#owner.maxResponseSize) this.fail(new ResponseTooLarge(this.#owner.maxResponseSize));
  }

  protected complete(headers: Readonly<Record<string, string>>): void {
    this.#settle();
    // The answer came first: nothing more is sent, and what was sent of the request leaves the connection in its middle.
    if (this.streamedRequest?.isSent === false) this.cancel();
    const stream = this.#streamedResponse;
    if (stream) {
      process.nextTick(setImmediate, () => stream.end());
      return;
    }
    const response: HttpResponse = {
      status: this.#status,
      headers,
      body: this.#parts ? Buffer.concat(this.#parts, this.#received) : this.#body,
      timing: this.#timing(),
    };
    // The HTTP client frees the connection in an immediate that it is about to queue. The caller goes on right after that
    // one, so that a next request finds the connection free instead of opening a second one.
    process.nextTick(setImmediate, this.#resolve, response);
  }

  /** @param kept whether the connection had served before, where the HTTP client tells by other means than the error */
  protected fail(error: unknown, kept?: boolean): void {
    if (!this.#settled) this.#fail({ error, kept });
  }

  onSending(): void {
    if (!this.#settled) this.#timer?.refresh();
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

  /** A reader may take its time, but not keep a transport from closing for good. */
  onSatisfied(): void {
    if (!this.#settled) this.#limit(this.#owner.underWay.isClosing ? this.#options.bodyTimeout : 0);
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
    // Where the process was busy for long, what it waits for may have come already: that is looked at first.
    const timer = exchange.#timer;
    const steps = exchange.#steps();
    setImmediate(() => {
      if (exchange.#settled || exchange.#timer !== timer || exchange.#steps() !== steps) return;
      const isUnread = exchange.#streamedResponse?.isWanted === false;
      const limit = exchange.#options[limitOf[exchange.#phase]];
      exchange.#fail(isUnread ? { error: new Unread() } : { limit });
    });
  }

  /** Counts what happens: an unchanged number means that all stands still. */
  #steps(): number {
    return this.#received + (this.streamedRequest?.steps ?? 0);
  }

  /** How the time went so far; 0 for what was not come to. */
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

  /** Notes how things stand now; the error is put together once its words are loaded. */
  #fail(why: ExchangeFailure["why"]): void {
    const timing = this.#timing();
    const failure: ExchangeFailure = {
      request: this.request,
      phase: this.#phase,
      status: this.#status,
      received: this.#received,
      ...(this.streamedRequest && { sent: this.streamedRequest.sent, isReading: this.streamedRequest.isReading }),
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
    this.#owner.underWay.ended();
  }
}

/** What an exchange wants of the transport that it belongs to. */
export interface ExchangeOwner {
  /** Milliseconds after which the transport gives up opening a connection; undefined where another decides. */
  readonly connectTimeout: number | undefined;
  /** Bytes that the body of a response may have. */
  readonly maxResponseSize: number;
  /** Host and port of the proxy that requests to the origin go over, for messages. */
  proxyHost?(origin: string): string | undefined;
  /** How many connections to the origin are in use, should these be all that there may be. */
  exhausted(origin: string): number | undefined;
  readonly underWay: InFlight;
}
