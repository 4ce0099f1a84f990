import { abortError } from "../time/deadline.js";
import type { FetchTransportOptions } from "./fetch.js";
import { FetchExchange, type FetchOwner } from "./fetch-exchange.js";
import { loadStreaming } from "./load-streaming.js";
import { defaultMaxResponseSize } from "./response-size.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "./types.js";
import { UnderWay } from "./under-way.js";
import { beforeSending } from "./when.js";

/** Sends with the platform's `fetch`. */
export class FetchTransport implements Transport, FetchOwner {
  readonly maxResponseSize: number;
  readonly underWay = new UnderWay();
  streaming: typeof import("./streaming.js") | undefined;
  #closing: Promise<void> | undefined;

  constructor({ maxResponseSize = defaultMaxResponseSize }: FetchTransportOptions) {
    this.maxResponseSize = maxResponseSize;
  }

  async send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
    if (this.#closing) {
      const { notSentError } = await import("./failure.js");
      throw notSentError(request, undefined, "UND_ERR_CLOSED");
    }
    if ((request.stream || options.streamed) && !this.streaming) {
      this.streaming = await loadStreaming(request);
      return this.send(request, options);
    }
    this.underWay.begun();
    return new FetchExchange(request, options, this).run();
  }

  /**
   * Waits for the requests under way and for streamed bodies that are being read; connections are the platform's. What is
   * sent afterwards fails, and so does the reading of a body that nobody had begun to read.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.underWay.giveUpUnread();
    await this.underWay.none();
  }
}
