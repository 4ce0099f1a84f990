/// <reference path="./undici-agent.d.ts" />
import type { Agent } from "undici";
import { ConfigurationError } from "../errors/setup.js";
import { abortError } from "../time/deadline.js";
import type { ExchangeOwner } from "./exchange.js";
import { keepAliveTimeout } from "./keep-alive.js";
import { type UndiciDispatcher, UndiciExchange } from "./undici-exchange.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "./types.js";

export interface UndiciTransportOptions {
  /**
   * A dispatcher of undici 7 or later to send with (an `Agent`, `ProxyAgent`, `MockAgent`). It stays the caller's: it
   * is never closed, and the other options do not concern it.
   */
  readonly dispatcher?: UndiciDispatcher | undefined;
  /** Connections kept to one origin at most; further requests wait for one. 128 where absent. */
  readonly maxConnections?: number | undefined;
  /**
   * Milliseconds after which an attempt to open a connection is given up, whoever waits for it; 10 000 where absent,
   * 0 leaves it to the operating system. A request's own `connectTimeout` can end its waiting earlier, not later.
   */
  readonly connectTimeout?: number | undefined;
  /** Options of `tls.connect` for the connections (`ca`, `cert`, `key`), or a connector function of undici. */
  readonly connect?: object | undefined;
}

/** Sends with undici, which is loaded when the first request is sent. */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  return new UndiciTransport(options);
}

class UndiciTransport implements Transport, ExchangeOwner {
  readonly connectTimeout: number | undefined;
  readonly #maxConnections: number;
  readonly #connect: Pick<Agent.Options, "connect">;
  #dispatcher: UndiciDispatcher | undefined;
  #agent: Agent | undefined;
  #loading: Promise<void> | undefined;
  #running = 0;
  #onIdle: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: UndiciTransportOptions) {
    const { dispatcher } = options;
    if (dispatcher !== undefined && typeof dispatcher.dispatch !== "function") {
      throw new ConfigurationError("The option dispatcher wants a dispatcher of undici 7 or later.");
    }
    this.connectTimeout = dispatcher ? undefined : (options.connectTimeout ?? 10_000);
    this.#maxConnections = options.maxConnections ?? 128;
    this.#connect = options.connect ? { connect: options.connect } : {};
    this.#dispatcher = dispatcher;
  }

  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) return Promise.reject(abortError(options.signal));
    if (this.#closing) return failUnsent(request, undefined, "UND_ERR_CLOSED");
    const dispatcher = this.#dispatcher;
    if (!dispatcher) return this.#loadAndSend(request, options);
    return new Promise((resolve, reject) => {
      this.#running++;
      new UndiciExchange(request, options, this, resolve, reject).start(dispatcher);
    });
  }

  /** Waits for the requests under way, then closes the connections. What is sent afterwards fails. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  exhausted(origin: string): number | undefined {
    const stats = this.#agent?.stats[origin];
    const allBusy = stats !== undefined && "running" in stats && stats.running >= this.#maxConnections;
    return allBusy ? this.#maxConnections : undefined;
  }

  settled(): void {
    this.#running--;
    if (this.#running === 0) this.#onIdle?.();
  }

  async #loadAndSend(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    try {
      this.#loading ??= this.#load();
      await this.#loading;
    } catch (error) {
      return failUnsent(request, error);
    }
    return this.send(request, options);
  }

  async #load(): Promise<void> {
    const AgentClass = await loadAgent();
    this.#agent = new AgentClass({
      connections: this.#maxConnections,
      connectTimeout: this.connectTimeout ?? 0,
      keepAliveTimeout,
      allowH2: false,
      ...this.#connect,
    });
    this.#dispatcher = this.#agent;
  }

  async #close(): Promise<void> {
    if (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    // Nothing is under way any more, so nothing is lost; and unlike undici's own `close` this does not wait for a
    // connection that is being opened for a request given up long ago.
    await this.#agent?.destroy();
  }
}

/**
 * undici's agent, from its own file: the whole package costs 50 ms more to load, for parts that are not used here. A
 * release that has no such file any more is loaded whole; a bundler has found the file already, so that it need not
 * see the second way.
 */
async function loadAgent(): Promise<typeof Agent> {
  try {
    return (await import("undici/lib/dispatcher/agent.js")).default;
  } catch (error) {
    const { codeOf } = await import("./systemCodes.js");
    const code = codeOf(error);
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
    const wholePackage: string = "undici";
    return ((await import(wholePackage)) as { readonly Agent: typeof Agent }).Agent;
  }
}

async function failUnsent(request: HttpRequest, cause: unknown, code?: string): Promise<never> {
  const { notSentError } = await import("./failure.js");
  throw notSentError(request, cause, code);
}
