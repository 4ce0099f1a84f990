import { loadUndici } from "./load-undici.js";
import { isNotInstalled } from "./not-installed.js";
import { NodeHttpTransport } from "./node/transport.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../schema/http.js";
import type { UndiciTransport, UndiciTransportOptions } from "./undici/transport.js";

/**
 * Requests after which undici has paid for itself. Loading it takes as much processor time as about 700 requests cost
 * more over `node:http` (docs/performance.md).
 */
const worthUndici = 500;

/**
 * Bytes after which undici has paid for itself, too: `node:http` copies each chunk that it receives, which costs 0.4 ms
 * a megabyte; to load undici takes 40 ms.
 */
const bytesWorthUndici = 100_000_000;

/**
 * Starts with `node:http`, which Node has mostly loaded, and changes to undici in a process that makes many requests or moves much
 * data. A short-lived process finishes before undici would be loaded; a long-lived one pays less for each request.
 */
export class AdaptiveTransport implements Transport {
  readonly #options: UndiciTransportOptions;
  #nodeHttp: NodeHttpTransport;
  #undici: UndiciTransport | undefined;
  #sent = 0;
  /** Bytes at which undici is loaded. */
  #limit = bytesWorthUndici;
  #isGoingOver = false;
  /** Its connections are closed once the last request over them ends. */
  #retired: NodeHttpTransport | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
    this.#nodeHttp = new NodeHttpTransport(options);
  }

  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    // undici cannot wait for an interim response.
    if (this.#undici && !options.expectContinue) return this.#undici.send(request, options);
    this.#sent++;
    const { transferred } = this.#nodeHttp.inFlight;
    if (this.#sent % worthUndici === 0 || transferred > this.#limit) {
      this.#limit = transferred + bytesWorthUndici;
      void this.#goOver();
    }
    return this.#nodeHttp.send(request, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#nodeHttp.close(), this.#retired?.close(), this.#undici?.close()]);
  }

  /** Requests go over `node:http` meanwhile. */
  async #goOver(): Promise<void> {
    if (this.#isGoingOver) return;
    this.#isGoingOver = true;
    try {
      const undici = (await loadUndici()).createUndiciTransport(this.#options);
      await undici.load();
      if (this.#closing) return;
      this.#undici = undici;
    } catch (error) {
      // A bundled program stays with node:http. Otherwise undici is loaded again after as many requests.
      if (isNotInstalled(error)) return;
      this.#isGoingOver = false;
      process.emitWarning(`undici could not be loaded; requests continue over node:http: ${String(error)}`, {
        code: "CLIENTSMITH_NO_UNDICI",
      });
      return;
    }
    this.#retired = this.#nodeHttp;
    this.#nodeHttp = new NodeHttpTransport(this.#options);
    await this.#retired.retire();
  }
}
