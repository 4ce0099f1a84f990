import { codeOf } from "../error-code.js";
import { streaming } from "../exchange/streaming.js";
import { joinBytes } from "../../text/bytes.js";
import { type AbortListener, type AbortRegistration, listenForAbort, maxTimer } from "../../signals/abort.js";
import { abortError } from "../../signals/deadline.js";
import type { ExchangeFailure, ExchangePhase } from "../exchange/phases.js";
import { redirection } from "./rejected-exchange.js";
import { initOf, isRedirection, urlOf } from "./request.js";
import { ResponseTooLarge } from "../../streams/response-too-large.js";
import type { FetchStreamingExchange, FetchStreams } from "./streams.js";
import type { HttpRequest, HttpResponse, TransportOptions } from "../../schema/http.js";
import { type InFlight, Unread } from "../exchange/in-flight.js";
import { at } from "../exchange/phases.js";

/** Codes that mean that nothing was sent: `fetch` itself does not report its progress. */
const unsentCodes: ReadonlySet<string | undefined> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** What an exchange needs from its transport. */
export interface FetchOwner {
  readonly maxResponseSize: number;
  readonly inFlight: InFlight;
}

/** One request and its response over `fetch`. */
export class FetchExchange implements AbortListener, FetchStreamingExchange {
  readonly #request: HttpRequest;
  readonly #options: TransportOptions;
  readonly #owner: FetchOwner;
  readonly #controller = new AbortController();
  /** The bodies that are streaming. */
  readonly #streams: FetchStreams | undefined;
  #signal: AbortSignal | undefined;
  #abort: AbortRegistration | undefined;
  phase: ExchangePhase = "connect";
  #status = 0;
  #received = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The reason for aborting, if the exchange aborted itself. */
  #why: ExchangeFailure["why"] | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  isOver = false;

  constructor(request: HttpRequest, options: TransportOptions, owner: FetchOwner) {
    this.#request = request;
    this.#options = options;
    this.#owner = owner;
    if (request.stream || options.streamed) {
      this.#streams = new (streaming("FetchStreams"))(this, request, options, owner.inFlight);
    }
  }

  async run(): Promise<HttpResponse> {
    const { signal, headersTimeout, streamed } = this.#options;
    this.listenTo(signal);
    try {
      this.limit(headersTimeout);
      const init = initOf(this.#request, this.#streams, this.#controller.signal);
      this.phase = "headers";
      const response = await fetch(urlOf(this.#request), init);
      this.#responded(response);
      const headers = Object.fromEntries(response.headers);
      if (streamed && this.#streams) return this.#streams.returnStreaming(this.#status, headers);
      const body = await this.#readBody();
      this.end();
      return { status: this.#status, headers, body };
    } catch (error) {
      const failure = await this.failureOf(error);
      this.giveUp();
      throw failure;
    }
  }

  onAbort(signal: AbortSignal): void {
    if (this.#streams?.response) this.#streams.abort(signal);
    else this.#controller.abort();
  }

  get isLimited(): boolean {
    return this.#timer !== undefined;
  }

  listenTo(signal: AbortSignal | undefined): void {
    this.#abort?.end();
    this.#signal = signal;
    this.#abort = signal && listenForAbort(signal, this);
  }

  #responded(response: Response): void {
    this.#status = response.status;
    if (response.type === "opaqueredirect") throw redirection();
    this.phase = "body";
    this.limit(this.#options.bodyTimeout);
    // With such a status the server rejects the rest of the upload. Sending on could break the connection and lose the
    // response.
    if (this.#status >= 300) this.#streams?.request?.stop();
    this.#reader = response.body?.getReader();
  }

  async #readBody(): Promise<Uint8Array> {
    const { maxResponseSize } = this.#owner;
    const parts: Uint8Array[] = [];
    for (;;) {
      const chunk = await this.readChunk();
      if (!chunk) return joinBytes(parts);
      parts.push(chunk);
      if (this.#received > maxResponseSize) throw new ResponseTooLarge(maxResponseSize);
      this.limit(this.#options.bodyTimeout);
    }
  }

  async readChunk(): Promise<Uint8Array | undefined> {
    const { value } = (await this.#reader?.read()) ?? { value: undefined };
    this.#received += value?.byteLength ?? 0;
    return value;
  }

  limit(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer =
      milliseconds > 0 ? setTimeout(() => this.#onTimer(milliseconds), Math.min(milliseconds, maxTimer)) : undefined;
  }

  #onTimer(limit: number): void {
    this.endWith(this.#streams?.response?.isWanted === false ? { error: new Unread() } : { limit });
  }

  /** A caller that waits for `fetch` gets the reason from here once it aborts; a reader is notified. */
  endWith(why: ExchangeFailure["why"]): void {
    if (this.isOver || this.#why) return;
    this.#why = why;
    this.#controller.abort();
    const streams = this.#streams;
    if (streams?.response) void this.failureOf(undefined).then((error) => streams.fail(error));
  }

  async failureOf(error: unknown): Promise<Error> {
    if (this.#signal?.aborted) return abortError(this.#signal, at[this.phase]);
    const why = this.#why ?? { error: isRedirection(error) ? redirection() : error };
    const failure = {
      request: this.#request,
      status: this.#status,
      received: this.#received,
      ...this.#streams?.facts,
      connectTimeout: undefined,
      exhausted: undefined,
      isSentForSure: false,
      why,
    };
    const isUnsure = this.phase === "headers";
    const phase = this.phase;
    return (await import("../exchange/failure.js")).exchangeError({
      ...failure,
      phase: isUnsure && unsentCodes.has(codeOf(error)) ? "connect" : phase,
    });
  }

  giveUp(): void {
    if (this.isOver) return;
    this.#controller.abort();
    this.end();
  }

  end(): void {
    this.isOver = true;
    clearTimeout(this.#timer);
    this.#abort?.end();
    this.#streams?.end();
    // The response came first. The rest of the request is not sent, so the connection cannot be reused.
    if (this.#streams?.request?.isSent === false) this.#controller.abort();
    this.#owner.inFlight.ended();
  }
}
