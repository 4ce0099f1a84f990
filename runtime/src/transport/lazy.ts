import { isClientsmithError } from "../errors/base.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../schema/http.js";

/** A transport that is loaded on the first request. */
export class LazyTransport implements Transport {
  readonly #create: () => Promise<Transport>;
  #transport: Transport | undefined;
  #loading: Promise<Transport> | undefined;

  constructor(create: () => Promise<Transport>) {
    this.#create = create;
  }

  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    return this.#transport ? this.#transport.send(request, options) : this.#loadAndSend(request, options);
  }

  async close(): Promise<void> {
    const transport = await this.#load();
    await transport.close();
  }

  async #loadAndSend(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    let transport: Transport;
    try {
      transport = await this.#load();
    } catch (error) {
      if (isClientsmithError(error)) throw error;
      throw (await import("./exchange/failure.js")).notSentError(request, error);
    }
    return transport.send(request, options);
  }

  #load(): Promise<Transport> {
    this.#loading ??= this.#createOnce();
    return this.#loading;
  }

  async #createOnce(): Promise<Transport> {
    try {
      this.#transport = await this.#create();
      return this.#transport;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}
