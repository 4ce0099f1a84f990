import type { Agent } from "node:http";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../../schema/http.js";
import { abortError } from "../../signals/deadline.js";
import type { ExchangeOwner } from "../exchange/exchange.js";
import { InFlight } from "../exchange/in-flight.js";
import { beforeSending } from "../exchange/phases.js";
import { checkStreaming } from "../exchange/streaming.js";
import { hostNameOf } from "../host-name.js";
import { defaultMaxResponseSize, keepAliveTimeout } from "../limits.js";
import { NodeHttpExchange, type Origin } from "./exchange.js";

export interface NodeHttpTransportOptions {
  /** Max connections for each origin; further requests wait for one. 128 if absent. */
  readonly maxConnections?: number | undefined;
  /** Max size of a response's body, in bytes; 256 MiB if absent. A larger one fails the request. */
  readonly maxResponseSize?: number | undefined;
  /**
   * An agent of `node:http` or `node:https` to send with. The caller owns it, and `maxConnections` does not apply to
   * it.
   */
  readonly agent?: Agent | undefined;
}

/**
 * Sends with `node:http`. A call costs more than over undici, but there is less to load: the better choice for a
 * process that makes few calls and ends, such as a short-lived function.
 */
export function createNodeHttpTransport(options: NodeHttpTransportOptions = {}): Transport {
  return new NodeHttpTransport(options);
}

export class NodeHttpTransport implements Transport, ExchangeOwner {
  readonly connectTimeout = undefined;
  readonly maxResponseSize: number;
  readonly #maxConnections: number;
  readonly #agent: Agent | undefined;
  readonly #origins = new Map<string, Origin>();
  readonly inFlight = new InFlight();
  #closing: Promise<void> | undefined;

  constructor({ maxConnections = 128, maxResponseSize = defaultMaxResponseSize, agent }: NodeHttpTransportOptions) {
    this.maxResponseSize = maxResponseSize;
    this.#maxConnections = agent?.maxSockets ?? maxConnections;
    this.#agent = agent;
  }

  async send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
    if (this.#closing) {
      throw (await import("../exchange/failure.js")).notSentError(request, undefined, "UND_ERR_CLOSED");
    }
    checkStreaming(request, options);
    const origin = this.#origins.get(request.origin) ?? this.#open(request.origin);
    this.inFlight.started();
    return new Promise((resolve, reject) => {
      new NodeHttpExchange(request, options, this, resolve, reject).start(origin, options.expectContinue);
    });
  }

  /**
   * Waits for the requests in flight and for streaming bodies that are being read, then closes the connections. Later
   * requests fail, and so does reading a body that was not started before.
   */
  close(): Promise<void> {
    this.inFlight.cancelUnread();
    return this.retire();
  }

  /** Accepts no more requests, and closes the connections once the last body was read. */
  retire(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  exhausted(origin: string): number | undefined {
    const sockets = Object.values(this.#origins.get(origin)?.agent.sockets ?? {});
    const busy = sockets.reduce((sum, list) => sum + (list?.length ?? 0), 0);
    return busy >= this.#maxConnections ? this.#maxConnections : undefined;
  }

  #open(text: string): Origin {
    const url = new URL(text);
    const { protocol, port } = url;
    const pool = { keepAlive: true, maxSockets: this.#maxConnections, timeout: keepAliveTimeout };
    const address = { protocol, hostname: hostNameOf(url), ...(port && { port }) };
    const isSecure = protocol === "https:";
    const { Agent, request } = isSecure ? nodeHttps() : nodeHttp();
    const origin: Origin = {
      address,
      agent: this.#agent ?? new Agent(pool),
      send: request,
      connectedEvent: isSecure ? "secureConnect" : "connect",
    };
    this.#origins.set(text, origin);
    return origin;
  }

  async #close(): Promise<void> {
    await this.inFlight.none();
    for (const { agent } of this.#origins.values()) if (agent !== this.#agent) agent.destroy();
  }
}

/**
 * Node's HTTP modules. Not with `import`, which reads all their exports: in Node 22 and later some are created on
 * demand, by loading an undici that takes 45 ms.
 */
export const nodeHttp = (): typeof import("node:http") => process.getBuiltinModule("node:http");
export const nodeHttps = (): typeof import("node:https") => process.getBuiltinModule("node:https");
