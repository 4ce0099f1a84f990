import { abortError } from "../time/deadline.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "./types.js";
import type { UndiciTransportOptions } from "./undici.js";
import { checkUndiciOptions } from "./undici-options.js";
import { beforeSending } from "./when.js";

/**
 * What a client sends with unless its option `transport` says otherwise: undici, whose adapter is loaded with it, at the
 * first request. Who brings another transport loads neither.
 *
 * @throws ConfigurationError for a dispatcher or proxy that is none
 */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  checkUndiciOptions(options);
  return new DeferredTransport(options);
}

class DeferredTransport implements Transport {
  readonly #options: UndiciTransportOptions;
  #transport: Transport | undefined;
  #loading: Promise<Transport> | undefined;

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
  }

  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    return this.#transport ? this.#transport.send(request, options) : this.#loadAndSend(request, options);
  }

  async close(): Promise<void> {
    const transport = await this.#load();
    await transport.close();
  }

  async #loadAndSend(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
    let transport: Transport;
    try {
      transport = await this.#load();
    } catch (error) {
      const { notSentError } = await import("./failure.js");
      throw notSentError(request, error);
    }
    return transport.send(request, options);
  }

  #load(): Promise<Transport> {
    this.#loading ??= this.#create();
    return this.#loading;
  }

  async #create(): Promise<Transport> {
    try {
      const { createUndiciTransport } = await import("./undici.js");
      this.#transport = createUndiciTransport(this.#options);
      return this.#transport;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}
