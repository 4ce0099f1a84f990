import { checkStreaming } from "../exchange/streaming.js";
import { abortError } from "../../signals/deadline.js";
import { FetchExchange, type FetchOwner } from "./exchange.js";
import { defaultMaxResponseSize } from "../limits.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../../schema/http.js";
import { InFlight } from "../exchange/in-flight.js";
import { beforeSending } from "../exchange/phases.js";

export interface FetchTransportOptions {
  /** Max size of a response's body, in bytes, decompressed; 256 MiB if absent. A larger one fails the request. */
  readonly maxResponseSize?: number | undefined;
}

/** Sends with the platform's `fetch`. */
export class FetchTransport implements Transport, FetchOwner {
  readonly maxResponseSize: number;
  readonly inFlight = new InFlight();
  #closing: Promise<void> | undefined;

  constructor({ maxResponseSize = defaultMaxResponseSize }: FetchTransportOptions) {
    this.maxResponseSize = maxResponseSize;
  }

  async send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
    if (this.#closing) {
      throw (await import("../exchange/failure.js")).notSentError(request, undefined, "UND_ERR_CLOSED");
    }
    checkStreaming(request, options, "FetchStreams");
    this.inFlight.started();
    return new FetchExchange(request, options, this).run();
  }

  /**
   * Waits for the requests in flight and for streaming bodies that are being read; the platform owns the connections.
   * Later requests fail, and so does reading a body that was not started before.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.inFlight.cancelUnread();
    await this.inFlight.none();
  }
}
