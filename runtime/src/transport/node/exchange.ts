import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import type { TransportOptions } from "../../schema/http.js";
import { setOwn } from "../../schema/values.js";
import { Exchange } from "../exchange/exchange.js";

/** One origin (scheme, host and port) with its connections. */
export interface Origin {
  readonly address: Pick<RequestOptions, "protocol" | "hostname" | "port">;
  readonly agent: Agent;
  readonly send: (options: RequestOptions) => ClientRequest;
  readonly connectedEvent: "connect" | "secureConnect";
}

/** One request and its response over `node:http`. */
export class NodeHttpExchange extends Exchange {
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
      this.#request = send(Object.assign({ agent, method, path: url, headers: this.#headers() }, address));
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
    const framing: Record<string, string> = {};
    if (!this.streamedRequest) {
      if (body !== undefined) framing["content-length"] = String(Buffer.byteLength(body));
    } else if (!("content-length" in headers)) framing["transfer-encoding"] = "chunked";
    return Object.assign(framing, headers);
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
