import { abortError } from "../../signals/deadline.js";
import type { HttpRequest, HttpResponse, TransportOptions } from "../../schema/http.js";
import { type ReturnedExchange, type InFlight, Unread } from "../exchange/in-flight.js";
import { at, type ExchangeFailure, type ExchangePhase } from "../exchange/phases.js";
import type { SendingExchange, StreamedRequest } from "../exchange/streamed-request.js";
import { type ReceivingExchange, StreamedResponse } from "../exchange/streamed-response.js";
import { checkSending, sendingCode } from "../exchange/sending.js";
import { streamBody } from "./stream-body.js";
import { isUnpausable } from "./unpausable.js";

/** What streaming bodies need from an exchange over `fetch`. */
export interface FetchStreamingExchange {
  readonly isOver: boolean;
  phase: ExchangePhase;
  /** Whether a time limit runs. */
  readonly isLimited: boolean;
  /** Starts a time limit in milliseconds; 0 ends the one before. */
  limit(milliseconds: number): void;
  listenTo(signal: AbortSignal | undefined): void;
  /** The next bytes of the response's body; undefined at its end. */
  readChunk(): Promise<Uint8Array | undefined>;
  endWith(why: ExchangeFailure["why"]): void;
  failureOf(error: unknown): Promise<Error>;
  giveUp(): void;
  end(): void;
}

/**
 * By the standard, `fetch` keeps a second copy of a request that may be sent again, and Node keeps all of a streaming
 * body for it. With redirections rejected and no window to prompt in, there is no copy.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
 */
const withoutCopy = { redirect: "error", window: null } as const;

/** The streaming bodies of an exchange over `fetch`: that of its request, that of its response or both. */
export class FetchStreams implements SendingExchange, ReceivingExchange, ReturnedExchange {
  readonly request: StreamedRequest | undefined;
  /** The response's body, once it was returned as a stream. */
  response: StreamedResponse | undefined;
  readonly #exchange: FetchStreamingExchange;
  readonly #options: TransportOptions;
  readonly #inFlight: InFlight;
  #isReading = false;
  /** Whether to read on without a waiting reader. */
  #readsAhead = false;

  static readonly check = checkSending;

  constructor(exchange: FetchStreamingExchange, request: HttpRequest, options: TransportOptions, inFlight: InFlight) {
    this.#exchange = exchange;
    this.#options = options;
    this.#inFlight = inFlight;
    this.request = request.stream && new (sendingCode())(request.stream, request.headers, this);
  }

  /** What `fetch` needs to send the request's body. */
  init(): (RequestInit & { readonly duplex: "half" }) | undefined {
    return this.request && { body: streamBody(this.request), duplex: "half", ...withoutCopy };
  }

  /** The response with its body as a stream. */
  returnStreaming(status: number, headers: Readonly<Record<string, string>>): HttpResponse {
    const signal = this.#options.streamed?.signal;
    this.#exchange.listenTo(signal);
    if (signal?.aborted) throw abortError(signal, at.body);
    const stream = new StreamedResponse(this);
    this.response = stream;
    this.#inFlight.returned(this);
    this.onSatisfied();
    this.#readsAhead = isUnpausable(headers);
    if (this.#readsAhead) void this.#readMore();
    return { status, headers, body: new Uint8Array(), stream };
  }

  abort(signal: AbortSignal): void {
    this.response?.discard();
    this.fail(abortError(signal, at.body));
  }

  /** Reading the response failed. */
  fail(error: Error): void {
    this.response?.fail(error);
    this.#exchange.giveUp();
  }

  /** For the error, if the exchange failed. */
  get facts(): Pick<ExchangeFailure, "sent" | "isReading"> | undefined {
    return this.request && { sent: this.request.sent, isReading: this.request.isReading };
  }

  /** The exchange is over. */
  end(): void {
    this.request?.end();
    if (this.response) this.#inFlight.readToEnd(this);
  }

  onSending(): void {
    if (this.#exchange.isOver) return;
    if (this.#exchange.phase === "headers") this.#exchange.phase = "sending";
    else if (!this.#exchange.isLimited) return;
    this.#exchange.limit(this.#options.bodyTimeout);
  }

  onSent(): void {
    if (this.#exchange.phase !== "sending") return;
    this.#exchange.phase = "headers";
    this.#exchange.limit(this.#options.headersTimeout);
  }

  onSourceFailure(error: unknown): void {
    this.#exchange.endWith({ error, isOfSource: true });
  }

  onWanted(): void {
    if (this.#exchange.isOver) return;
    this.#exchange.limit(this.#options.bodyTimeout);
    if (!this.#isReading) void this.#readMore();
  }

  /** A reader may pause for any time, unless the transport is closing. */
  onSatisfied(): void {
    const { bodyTimeout, streamed } = this.#options;
    const limit = streamed?.pauseTimeout ?? bodyTimeout;
    if (!this.#exchange.isOver) this.#exchange.limit(this.#inFlight.isClosing ? limit : 0);
  }

  /** Nothing is read before a reader needs it. */
  onFull(): void {}

  onAbandoned(): void {
    this.#exchange.giveUp();
  }

  onClosing(): void {
    if (!this.response?.isStarted) this.#exchange.endWith({ error: new Unread() });
    else if (!this.response.isWanted) this.onSatisfied();
  }

  /** Reads until no reader waits any more, or to the end. */
  async #readMore(): Promise<void> {
    const exchange = this.#exchange;
    this.#isReading = true;
    try {
      do {
        const chunk = await exchange.readChunk();
        if (chunk) this.response?.push(chunk);
        else {
          exchange.end();
          this.response?.end();
        }
      } while (!exchange.isOver && (this.#readsAhead || this.response?.isWanted));
    } catch (error) {
      if (!exchange.isOver) this.fail(await exchange.failureOf(error));
    } finally {
      this.#isReading = false;
    }
  }
}
