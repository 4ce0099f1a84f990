import type { ConnectionOptions } from "node:tls";
import { abortError } from "../../signals/deadline.js";
import { ConfigurationError } from "../../errors/client.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../../schema/http.js";
import type { ExchangeOwner } from "../exchange/exchange.js";
import { InFlight } from "../exchange/in-flight.js";
import { beforeSending } from "../exchange/phases.js";
import { checkStreaming } from "../exchange/streaming.js";
import { defaultMaxResponseSize } from "../limits.js";
import { checkProxyVariables, proxyOf } from "../proxy.js";
import { parseProxyUrl, proxySetting } from "../proxy-settings.js";
import { knowCodes } from "./codes.js";
import { Http2Exchange } from "./exchange.js";
import { Sessions } from "./sessions.js";

export interface Http2TransportOptions {
  /**
   * Max connections for each origin; 128 if absent. Another one is opened if the server accepts no more streams over
   * the open ones; further requests wait for a stream.
   */
  readonly maxConnections?: number | undefined;
  /** Max size of a response's body, in bytes; 256 MiB if absent. A larger one fails the request. */
  readonly maxResponseSize?: number | undefined;
  /**
   * URL of a proxy for all requests; false for none. If absent, the environment variables `HTTPS_PROXY`, `HTTP_PROXY`
   * and `NO_PROXY` decide, in lower case too.
   */
  readonly proxy?: string | URL | false | undefined;
  /** Options of `tls.connect` for the connections: `ca`, `cert`, `key`. */
  readonly connect?: ConnectionOptions | undefined;
  /**
   * Milliseconds without any data over a connection in use, after which the server has to respond to a ping within as
   * many; 15 000 if absent; 0 sends none.
   */
  readonly pingInterval?: number | undefined;
}

/**
 * Sends over HTTP/2 with `node:http2`: the requests to an origin share a connection, and a request can be sent while its
 * response is read (event streams both ways). For `https:` the server has to agree to HTTP/2; for `http:` it has to
 * expect it.
 *
 * @throws ConfigurationError for an invalid proxy
 */
export function createHttp2Transport(options: Http2TransportOptions = {}): Transport {
  return new Http2Transport(options);
}

class Http2Transport implements Transport, ExchangeOwner {
  readonly isDuplex = true;
  readonly connectTimeout = undefined;
  readonly maxResponseSize: number;
  readonly inFlight = new InFlight();
  readonly #options: Http2TransportOptions;
  readonly #maxConnections: number;
  readonly #proxy: string | true | undefined;
  readonly #origins = new Map<string, Sessions>();
  #closing: Promise<void> | undefined;

  constructor(options: Http2TransportOptions) {
    const { proxy, maxConnections = 128, maxResponseSize = defaultMaxResponseSize } = options;
    if (proxy !== undefined && proxy !== false && !parseProxyUrl(String(proxy))) {
      throw new ConfigurationError("The option proxy must be a URL such as http://proxy.example:8080, or false.");
    }
    knowCodes();
    this.maxResponseSize = maxResponseSize;
    this.#maxConnections = maxConnections;
    this.#proxy = proxySetting(proxy);
    this.#options = options;
  }

  async send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
    if (this.#closing) {
      throw (await import("../exchange/failure.js")).notSentError(request, undefined, "UND_ERR_CLOSED");
    }
    checkStreaming(request, options);
    const sessions = this.#origins.get(request.origin) ?? this.#open(request.origin);
    this.inFlight.started();
    return new Promise((resolve, reject) => {
      new Http2Exchange(request, options, this, resolve, reject).start(sessions);
    });
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
    return this.#origins.get(origin)?.areExhausted ? this.#maxConnections : undefined;
  }

  proxyHost(origin: string): string | undefined {
    return this.#proxyOf(origin)?.host;
  }

  /** @throws ConfigurationError naming an environment variable that is not the URL of a proxy */
  #open(origin: string): Sessions {
    const { connect, pingInterval = 15_000 } = this.#options;
    if (this.#proxy === true) checkProxyVariables();
    const address = { url: new URL(origin), proxy: this.#proxyOf(origin), tls: connect };
    const sessions = new Sessions(address, this.#maxConnections, pingInterval);
    this.#origins.set(origin, sessions);
    return sessions;
  }

  #proxyOf(origin: string): URL | undefined {
    return this.#proxy ? proxyOf(origin, this.#proxy === true ? undefined : this.#proxy) : undefined;
  }

  async #close(): Promise<void> {
    this.inFlight.cancelUnread();
    await this.inFlight.none();
    for (const sessions of this.#origins.values()) sessions.close();
  }
}
