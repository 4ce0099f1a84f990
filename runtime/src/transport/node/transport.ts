import { checkStreaming } from "../exchange/streaming.js";
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import { setOwn } from "../../schema/values.js";
import { abortError } from "../../signals/deadline.js";
import { Exchange, type ExchangeOwner } from "../exchange/exchange.js";
import { keepAliveTimeout, defaultMaxResponseSize } from "../limits.js";
import { hostNameOf } from "../host-name.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "../../schema/http.js";
import { InFlight } from "../exchange/in-flight.js";
import { beforeSending } from "../exchange/phases.js";

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

type Send = (options: RequestOptions) => ClientRequest;

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

/** One origin (scheme, host and port) with its connections. */
interface Origin {
  readonly address: Pick<RequestOptions, "protocol" | "hostname" | "port">;
  readonly agent: Agent;
  readonly send: Send;
  readonly connectedEvent: "connect" | "secureConnect";
}

class NodeHttpExchange extends Exchange {
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #socket: Socket | undefined;
  #hasResponse = false;
  /** Bytes received over the connection before this request used it. */
  #readBefore = 0;

  start({ address, agent, send, connectedEvent }: Origin, expectContinue: TransportOptions["expectContinue"]): void {
    const { method, path, query, body } = this.request;
    this.begin();
    const url = query === "" ? path : `${path}?${query}`;
    try {
      this.#request = send({ ...address, agent, method, path: url, headers: this.#headers() });
      this.#request
        .on("socket", (socket: Socket) => {
          this.#socket = socket;
          this.#readBefore = socket.bytesRead;
          if (socket.connecting) socket.once(connectedEvent, () => this.#onConnected());
          else if (!socket.destroyed) this.#onConnected();
        })
        .on("response", (response) => this.#onResponse(response))
        .on("error", (error) => this.fail(error, this.#isGivenUp()))
        .on("close", () => this.#onClose());
      expectContinue?.(this.#request);
      if (!this.streamedRequest) this.#request.end(body);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether the connection had served an earlier request and received nothing for this one. */
  #isGivenUp(): boolean {
    return this.#request?.reusedSocket === true && this.#socket?.bytesRead === this.#readBefore;
  }

  #onConnected(): void {
    if (this.isSettled) return;
    this.connected();
    this.streams?.sendTo(this.#request);
  }

  /** Node adds framing for some methods only, and sends the body of a DELETE without any. */
  #headers(): Record<string, string> {
    const { headers, body } = this.request;
    if (this.streamedRequest) {
      return "content-length" in headers ? { ...headers } : { ...headers, "transfer-encoding": "chunked" };
    }
    return body === undefined ? { ...headers } : { "content-length": String(Buffer.byteLength(body)), ...headers };
  }

  /**
   * If the server switches protocols, Node drops the connection without an error. A broken response reports its own
   * error.
   */
  #onClose(): void {
    if (!this.#hasResponse) this.fail(new Error("the connection was dropped"));
  }

  #onResponse(response: IncomingMessage): void {
    this.#hasResponse = true;
    if (this.isSettled) return;
    this.#response = response;
    this.responded(response.statusCode ?? 0);
    if (this.isStreamed) this.streams?.returnStreaming(joinValues(response));
    response
      .on("data", (chunk: Uint8Array) => this.receive(chunk))
      .on("error", (error) => this.fail(error))
      .on("end", () => {
        if (!this.isSettled) this.complete(joinValues(response));
      });
  }

  protected override cancel(): void {
    this.#request?.destroy();
  }

  override pause(): void {
    this.#response?.pause();
  }

  override resume(): void {
    this.#response?.resume();
  }
}

function joinValues({ headersDistinct }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(headersDistinct)) setOwn(headers, name, values?.join(", "));
  return headers;
}

/**
 * Node's HTTP modules. Not with `import`, which reads all their exports: in Node 22 and later some are created on
 * demand, by loading an undici that takes 45 ms.
 */
export const nodeHttp = (): typeof import("node:http") => process.getBuiltinModule("node:http");
export const nodeHttps = (): typeof import("node:https") => process.getBuiltinModule("node:https");
