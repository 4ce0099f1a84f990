import type { Agent } from "undici";
import { checkStreaming } from "../exchange/streaming.js";
import { abortError } from "../../signals/deadline.js";
import { ConfigurationError } from "../../errors/client.js";
import type { ExchangeOwner } from "../exchange/exchange.js";
import { keepAliveTimeout, defaultMaxResponseSize } from "../limits.js";
import { type UndiciDispatcher, UndiciExchange } from "./exchange.js";
import { type Connector, watchSockets } from "./sockets.js";
import { loadUndici } from "./agents.js";
import type { ProxyRouter } from "./proxy-router.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../../schema/http.js";
import { proxyHostOf } from "../proxy.js";
import { proxySetting } from "../proxy-settings.js";
import { knowCodes } from "./codes.js";
import { checkUndiciOptions } from "./options.js";
import { InFlight } from "../exchange/in-flight.js";
import { beforeSending } from "../exchange/phases.js";

export interface UndiciTransportOptions {
  /**
   * A dispatcher of undici 7 or later to send with (an `Agent`, `ProxyAgent`, `MockAgent`). The caller owns it: it is
   * never closed, and the other options do not apply to it.
   */
  readonly dispatcher?: UndiciDispatcher | undefined;
  /** Max connections for each origin; further requests wait for one. 128 if absent. */
  readonly maxConnections?: number | undefined;
  /**
   * Time limit for opening a connection, in milliseconds, independent of the requests that wait for it; 10 000 if
   * absent; 0 leaves it to the operating system. A request's own `connectTimeout` can end its waiting earlier, not
   * later.
   */
  readonly connectTimeout?: number | undefined;
  /** Max size of a response's body, in bytes; 256 MiB if absent. A larger one fails the request. */
  readonly maxResponseSize?: number | undefined;
  /**
   * URL of a proxy for all requests; false for none. If absent, the environment variables `HTTPS_PROXY`, `HTTP_PROXY`
   * and `NO_PROXY` decide, in lower case too.
   */
  readonly proxy?: string | URL | false | undefined;
  /** Options of `tls.connect` for the connections (`ca`, `cert`, `key`), or a connector function of undici. */
  readonly connect?: object | undefined;
}

/** Sends with undici, which is loaded on the first request. */
export function createUndiciTransport(options: UndiciTransportOptions = {}): UndiciTransport {
  return new UndiciTransport(options);
}

export class UndiciTransport implements Transport, ExchangeOwner {
  readonly connectTimeout: number | undefined;
  readonly maxResponseSize: number;
  readonly #maxConnections: number;
  readonly #connect: object | undefined;
  readonly #proxy: string | true | undefined;
  #dispatcher: UndiciDispatcher | undefined;
  /** A caller's dispatcher opens its connections itself, and so does undici's agent for proxies. */
  readonly #isGuarded: boolean;
  #agent: Agent | ProxyRouter | undefined;
  readonly inFlight = new InFlight();
  #loading: Promise<UndiciDispatcher> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: UndiciTransportOptions) {
    checkUndiciOptions(options);
    knowCodes();
    const { dispatcher } = options;
    this.connectTimeout = dispatcher ? undefined : (options.connectTimeout ?? 10_000);
    this.maxResponseSize = options.maxResponseSize ?? defaultMaxResponseSize;
    this.#maxConnections = options.maxConnections ?? 128;
    this.#connect = options.connect;
    this.#proxy = dispatcher ? undefined : proxySetting(options.proxy);
    this.#dispatcher = dispatcher;
    this.#isGuarded = !dispatcher && !this.#proxy;
  }

  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) return Promise.reject(abortError(options.signal, beforeSending));
    if (this.#closing) return failUnsent(request, undefined, "UND_ERR_CLOSED");
    const dispatcher = this.#dispatcher;
    return dispatcher ? this.#send(request, options, dispatcher) : this.#loadAndSend(request, options);
  }

  /** Loads undici once. After a failure the next call loads it again, because the cause may have been temporary. */
  async load(): Promise<UndiciDispatcher> {
    if (this.#dispatcher) return this.#dispatcher;
    this.#loading ??= this.#load();
    try {
      return await this.#loading;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  /**
   * Waits for the requests in flight and for streaming bodies that are being read, then closes the connections. Later
   * requests fail, and so does reading a body that was not started before.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  exhausted(origin: string): number | undefined {
    const stats = this.#agent && "stats" in this.#agent ? this.#agent.stats[origin] : undefined;
    const allBusy = stats !== undefined && "running" in stats && stats.running >= this.#maxConnections;
    return allBusy ? this.#maxConnections : undefined;
  }

  proxyHost(origin: string): string | undefined {
    return this.#proxy && proxyHostOf(origin, this.#proxy === true ? undefined : this.#proxy);
  }

  #send(request: HttpRequest, options: TransportOptions, dispatcher: UndiciDispatcher): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      checkStreaming(request, options);
      this.inFlight.started();
      new UndiciExchange(request, options, this, resolve, reject).start(dispatcher, this.#isGuarded);
    });
  }

  /** In flight from now on: a transport that is closed meanwhile waits for it. */
  async #loadAndSend(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    this.inFlight.started();
    try {
      const dispatcher = await this.#loadFor(request);
      if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
      return await this.#send(request, options, dispatcher);
    } finally {
      this.inFlight.ended();
    }
  }

  async #loadFor(request: HttpRequest): Promise<UndiciDispatcher> {
    try {
      return await this.load();
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      return failUnsent(request, error);
    }
  }

  async #load(): Promise<UndiciDispatcher> {
    const { Agent: PlainAgent, buildConnector } = await loadUndici();
    const timeout = this.connectTimeout ?? 0;
    const connect =
      typeof this.#connect === "function"
        ? (this.#connect as Connector)
        : (buildConnector({ allowH2: false, timeout, ...this.#connect }) as Connector);
    const options = {
      connections: this.#maxConnections,
      keepAliveTimeout,
      allowH2: false,
      connect: watchSockets(connect) as NonNullable<Agent.Options["connect"]>,
    };
    const agent = this.#proxy
      ? new (await import("./proxy-router.js")).ProxyRouter(this.#proxy, options)
      : new PlainAgent(options);
    this.#agent = agent;
    this.#dispatcher = agent;
    return agent;
  }

  async #close(): Promise<void> {
    this.inFlight.cancelUnread();
    await this.inFlight.none();
    // Nothing is in flight any more, so nothing is lost. Unlike undici's own `close`, this does not wait for a
    // connection that is being opened for a request that was aborted before.
    await this.#agent?.destroy();
  }
}

async function failUnsent(request: HttpRequest, cause: unknown, code?: string): Promise<never> {
  const { notSentError } = await import("../exchange/failure.js");
  throw notSentError(request, cause, code);
}
