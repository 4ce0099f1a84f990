import { codeOf } from "../error-code.js";
import { streaming } from "../exchange/streaming.js";
import { joinBytes } from "../../text/bytes.js";
import { type AbortListener, type AbortRegistration, listenForAbort, longestTimer } from "../../signals/abort.js";
import { abortError } from "../../signals/deadline.js";
import type { ExchangeFailure, ExchangePhase } from "../exchange/phases.js";
import { initOf, isRedirection, Refused, urlOf } from "./request.js";
import { isLastResponse } from "../last-response.js";
import { ResponseTooLarge } from "../../streams/response-too-large.js";
import type { SendingExchange, StreamedRequest } from "../exchange/streamed-request.js";
import type { ReceivingExchange, StreamedResponse } from "../exchange/streamed-response.js";
import type { HttpRequest, HttpResponse, TransportOptions } from "../../schema/http.js";
import { type HandedOver, type InFlight, Unread } from "../exchange/in-flight.js";
import { at } from "../exchange/phases.js";

/** Codes that mean that nothing was sent: `fetch` itself does not report its progress. */
const unsentCodes: ReadonlySet<string | undefined> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Node up to 24 contains an undici before 8; browsers have none. */
const isOfOldUndici = typeof process === "object" && Number.parseInt(process.versions?.["undici"] ?? "", 10) < 8;

/** What an exchange needs from its transport. */
export interface FetchOwner {
  readonly maxResponseSize: number;
  readonly underWay: InFlight;
}

/** One request and its response over `fetch`. */
export class FetchExchange implements AbortListener, SendingExchange, ReceivingExchange, HandedOver {
  readonly #request: HttpRequest;
  readonly #options: TransportOptions;
  readonly #owner: FetchOwner;
  readonly #controller = new AbortController();
  readonly #streamedRequest: StreamedRequest | undefined;
  #signal: AbortSignal | undefined;
  #abort: AbortRegistration | undefined;
  #phase: ExchangePhase = "connect";
  #status = 0;
  #received = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The reason for aborting, if the exchange aborted itself. */
  #why: ExchangeFailure["why"] | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #isReading = false;
  /** Whether to read on without a waiting reader. */
  #readsAhead = false;
  #streamedResponse: StreamedResponse | undefined;
  #isOver = false;

  constructor(request: HttpRequest, options: TransportOptions, owner: FetchOwner) {
    this.#request = request;
    this.#options = options;
    this.#owner = owner;
    const { stream, headers } = request;
    this.#streamedRequest = stream && new (streaming().StreamedRequest)(stream, headers, this);
  }

  async run(): Promise<HttpResponse> {
    const { signal, headersTimeout, streamed } = this.#options;
    this.#listenTo(signal);
    try {
      this.#limit(headersTimeout);
      const init = initOf(this.#request, this.#streamedRequest, this.#controller.signal);
      this.#phase = "headers";
      const response = await fetch(urlOf(this.#request), init);
      this.#responded(response);
      const headers = Object.fromEntries(response.headers);
      if (streamed) return this.#handOver(headers, streamed.signal);
      const body = await this.#readBody();
      this.#end();
      return { status: this.#status, headers, body };
    } catch (error) {
      const failure = await this.#failureOf(error);
      this.#giveUp();
      throw failure;
    }
  }

  onAbort(signal: AbortSignal): void {
    if (this.#streamedResponse) {
      this.#streamedResponse.discard();
      this.#failReading(abortError(signal, at.body));
    } else this.#controller.abort();
  }

  onSending(): void {
    if (this.#isOver) return;
    if (this.#phase === "headers") this.#phase = "sending";
    else if (this.#timer === undefined) return;
    this.#limit(this.#options.bodyTimeout);
  }

  onSent(): void {
    if (this.#phase !== "sending") return;
    this.#phase = "headers";
    this.#limit(this.#options.headersTimeout);
  }

  onSourceFailure(error: unknown): void {
    this.#endWith({ error, isOfSource: true });
  }

  onWanted(): void {
    if (this.#isOver) return;
    this.#limit(this.#options.bodyTimeout);
    if (!this.#isReading) void this.#readMore();
  }

  /** A reader may pause for any time, unless the transport is closing. */
  onSatisfied(): void {
    const { bodyTimeout, streamed } = this.#options;
    const limit = streamed?.pauseTimeout ?? bodyTimeout;
    if (!this.#isOver) this.#limit(this.#owner.underWay.isClosing ? limit : 0);
  }

  /** Nothing is read before a reader needs it. */
  onFull(): void {}

  onAbandoned(): void {
    this.#giveUp();
  }

  onClosing(): void {
    if (!this.#streamedResponse?.isBegun) this.#endWith({ error: new Unread() });
    else if (!this.#streamedResponse.isWanted) this.onSatisfied();
  }

  #listenTo(signal: AbortSignal | undefined): void {
    this.#abort?.end();
    this.#signal = signal;
    this.#abort = signal && listenForAbort(signal, this);
  }

  #responded(response: Response): void {
    this.#status = response.status;
    if (response.type === "opaqueredirect") throw new Refused("CLIENTSMITH_REDIRECT");
    this.#phase = "body";
    this.#limit(this.#options.bodyTimeout);
    // With such a status the server rejects the rest of the upload. Sending on could break the connection and lose the
    // response.
    if (this.#status >= 300) this.#streamedRequest?.stop();
    this.#reader = response.body?.getReader();
  }

  async #readBody(): Promise<Uint8Array> {
    const { maxResponseSize } = this.#owner;
    const parts: Uint8Array[] = [];
    for (;;) {
      const chunk = await this.#readChunk();
      if (!chunk) return joinBytes(parts);
      parts.push(chunk);
      if (this.#received > maxResponseSize) throw new ResponseTooLarge(maxResponseSize);
      this.#limit(this.#options.bodyTimeout);
    }
  }

  async #readChunk(): Promise<Uint8Array | undefined> {
    const { value } = (await this.#reader?.read()) ?? { value: undefined };
    this.#received += value?.byteLength ?? 0;
    return value;
  }

  #handOver(headers: Readonly<Record<string, string>>, signal: AbortSignal | undefined): HttpResponse {
    const { underWay } = this.#owner;
    const { StreamedResponse: Streamed } = streaming();
    this.#listenTo(signal);
    if (signal?.aborted) throw abortError(signal, at.body);
    const stream = new Streamed(this);
    this.#streamedResponse = stream;
    underWay.handedOver(this);
    this.onSatisfied();
    this.#readsAhead = isOfOldUndici && isLastResponse(headers);
    if (this.#readsAhead) void this.#readMore();
    return { status: this.#status, headers, body: new Uint8Array(), stream };
  }

  /** Reads until no reader waits any more, or to the end. */
  async #readMore(): Promise<void> {
    this.#isReading = true;
    try {
      do {
        const chunk = await this.#readChunk();
        if (chunk) this.#streamedResponse?.push(chunk);
        else {
          this.#end();
          this.#streamedResponse?.end();
        }
      } while (!this.#isOver && (this.#readsAhead || this.#streamedResponse?.isWanted));
    } catch (error) {
      if (!this.#isOver) this.#failReading(await this.#failureOf(error));
    } finally {
      this.#isReading = false;
    }
  }

  #failReading(error: Error): void {
    this.#streamedResponse?.fail(error);
    this.#giveUp();
  }

  #limit(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer =
      milliseconds > 0
        ? setTimeout(() => this.#onTimer(milliseconds), Math.min(milliseconds, longestTimer))
        : undefined;
  }

  #onTimer(limit: number): void {
    this.#endWith(this.#streamedResponse?.isWanted === false ? { error: new Unread() } : { limit });
  }

  /** A caller that waits for `fetch` gets the reason from here once it aborts; a reader is notified. */
  #endWith(why: ExchangeFailure["why"]): void {
    if (this.#isOver || this.#why) return;
    this.#why = why;
    this.#controller.abort();
    if (this.#streamedResponse) void this.#failureOf(undefined).then((error) => this.#failReading(error));
  }

  async #failureOf(error: unknown): Promise<Error> {
    if (this.#signal?.aborted) return abortError(this.#signal, at[this.#phase]);
    const why = this.#why ?? { error: isRedirection(error) ? new Refused("CLIENTSMITH_REDIRECT") : error };
    const { sent, isReading } = this.#streamedRequest ?? {};
    const failure = {
      request: this.#request,
      status: this.#status,
      received: this.#received,
      ...(sent !== undefined && { sent }),
      ...(isReading !== undefined && { isReading }),
      connectTimeout: undefined,
      exhausted: undefined,
      isSentForSure: false,
      why,
    };
    const isUnsure = this.#phase === "headers";
    const phase = this.#phase;
    return (await import("../exchange/failure.js")).exchangeError({
      ...failure,
      phase: isUnsure && unsentCodes.has(codeOf(error)) ? "connect" : phase,
    });
  }

  #giveUp(): void {
    if (this.#isOver) return;
    this.#controller.abort();
    this.#end();
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#abort?.end();
    this.#streamedRequest?.end();
    // The response came first. The rest of the request is not sent, so the connection cannot be reused.
    if (this.#streamedRequest?.isSent === false) this.#controller.abort();
    if (this.#streamedResponse) this.#owner.underWay.readToEnd(this);
    this.#owner.underWay.ended();
  }
}
