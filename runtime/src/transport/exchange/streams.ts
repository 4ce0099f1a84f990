import type { Writable } from "node:stream";
import type { HttpRequest, HttpResponse, ResponseTiming, TransportOptions } from "../../schema/http.js";
import type { ReturnedExchange, InFlight } from "./in-flight.js";
import { Unread } from "./in-flight.js";
import type { ExchangeFailure, ExchangePhase } from "./phases.js";
import type { SendingExchange, StreamedRequest } from "./streamed-request.js";
import { checkSending, sendingCode } from "./sending.js";
import { type ReceivingExchange, StreamedResponse } from "./streamed-response.js";

/** What streaming bodies need from their exchange. */
export interface StreamingExchange {
  readonly isSettled: boolean;
  phase: ExchangePhase;
  readonly status: number;
  /** Bytes received of the response's body. */
  received: number;
  reject: (error: Error) => void;
  readonly resolve: (response: HttpResponse) => void;
  /** Listens to another signal than before, or to none. */
  listenTo(signal: AbortSignal | undefined): void;
  onAbort(signal: AbortSignal): void;
  /** Starts a time limit in milliseconds; 0 ends the one before. */
  limit(milliseconds: number): void;
  /** Restarts the time limit. */
  refresh(): void;
  failWith(why: ExchangeFailure["why"]): void;
  giveUp(): void;
  pause(): void;
  resume(): void;
  timing(): ResponseTiming;
}

/** The streaming bodies of an exchange: that of its request, that of its response or both. */
export class ExchangeStreams implements SendingExchange, ReceivingExchange, ReturnedExchange {
  readonly request: StreamedRequest | undefined;
  /** The same, if the time limits wait for it: not if it is duplex, where the response is due whatever is sent. */
  readonly timed: StreamedRequest | undefined;
  /** The response's body, once it was returned as a stream. */
  response: StreamedResponse | undefined;
  readonly #exchange: StreamingExchange;
  readonly #options: TransportOptions;
  readonly #inFlight: InFlight;

  static readonly check = checkSending;

  constructor(exchange: StreamingExchange, request: HttpRequest, options: TransportOptions, inFlight: InFlight) {
    this.#exchange = exchange;
    this.#options = options;
    this.#inFlight = inFlight;
    this.request = request.stream && new (sendingCode())(request.stream, request.headers, this);
    if (!options.duplex) this.timed = this.request;
  }

  /** Sends the request's body over a connection, as fast as it accepts it. */
  sendTo(connection: Writable | undefined): void {
    this.request?.next().then(
      ({ done, value }) => {
        if (done) connection?.end();
        else if (connection?.write(value)) this.sendTo(connection);
        else connection?.once("drain", () => this.sendTo(connection));
      },
      // Aborted: the exchange is over and has its error.
      () => {},
    );
  }

  /** Returns the response, with its body as a stream. */
  returnStreaming(headers: Readonly<Record<string, string>>): void {
    const exchange = this.#exchange;
    const signal = this.#options.streamed?.signal;
    exchange.listenTo(undefined);
    if (signal?.aborted) return exchange.onAbort(signal);
    exchange.listenTo(signal);
    const stream = new StreamedResponse(this);
    this.response = stream;
    exchange.reject = (error) => stream.fail(error);
    this.#inFlight.returned(this);
    this.onSatisfied();
    exchange.resolve({
      status: exchange.status,
      headers,
      body: new Uint8Array(),
      stream,
      timing: exchange.timing(),
    });
  }

  /** @param chunk of the body of the response that was returned */
  receive(chunk: Uint8Array): void {
    // An empty chunk makes undici's parser resume although it was paused: the connection has ended (sockets.ts).
    if (chunk.byteLength === 0) return this.#exchange.resume();
    this.#exchange.received += chunk.byteLength;
    this.response?.push(chunk);
  }

  /** For the error, if the exchange failed. */
  get facts(): Pick<ExchangeFailure, "sent" | "isReading" | "isSentForSure"> | undefined {
    const { request } = this;
    return request && { sent: request.sent, isReading: request.isReading, isSentForSure: request.isSent };
  }

  /** The exchange is over. */
  end(): void {
    this.request?.end();
    if (this.response) this.#inFlight.readToEnd(this);
  }

  onSending(): void {
    if (this.timed && !this.#exchange.isSettled) this.#exchange.refresh();
  }

  onSent(): void {
    if (this.#exchange.phase !== "sending") return;
    this.#exchange.phase = "headers";
    this.#exchange.limit(this.#options.headersTimeout);
  }

  onSourceFailure(error: unknown): void {
    if (!this.#exchange.isSettled) this.#exchange.failWith({ error, isOfSource: true });
  }

  onWanted(): void {
    if (this.#exchange.isSettled) return;
    this.#exchange.limit(this.#options.bodyTimeout);
    this.#exchange.resume();
  }

  /** A reader may pause for any time, unless the transport is closing. */
  onSatisfied(): void {
    const { bodyTimeout, streamed } = this.#options;
    const limit = streamed?.pauseTimeout ?? bodyTimeout;
    if (!this.#exchange.isSettled) this.#exchange.limit(this.#inFlight.isClosing ? limit : 0);
  }

  onFull(): void {
    if (!this.#exchange.isSettled) this.#exchange.pause();
  }

  onAbandoned(): void {
    if (!this.#exchange.isSettled) this.#exchange.giveUp();
  }

  onClosing(): void {
    if (!this.response?.isStarted) this.#exchange.failWith({ error: new Unread() });
    else if (!this.response.isWanted) this.onSatisfied();
  }
}
