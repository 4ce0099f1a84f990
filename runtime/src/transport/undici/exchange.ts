import { setOwn } from "../../schema/values.js";
import { Exchange } from "../exchange/exchange.js";
import { isLastResponse } from "../last-response.js";
import { isOfPooledSocket } from "./sockets.js";

/** Any dispatcher of undici 7. */
export interface UndiciDispatcher {
  dispatch(options: object, handler: object): boolean;
}

/** undici's controller of a running request. */
interface Controller {
  abort(reason: Error): void;
  pause(): void;
  resume(): void;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The handler that undici calls back. undici's own timers are off, since they tick only twice a second. */
export class UndiciExchange extends Exchange {
  #controller: Controller | undefined;
  #headers: Headers = {};
  /** Data has arrived over the connection since this request used it. */
  #hasResponse = false;
  /** A response of this status has no body. */
  #isBodiless = false;

  /** The connection may end while the response is paused. */
  #isGuarded = false;

  /** @param isGuarded whether the connections of the dispatcher are guarded (`guardPauses`) */
  start(dispatcher: UndiciDispatcher, isGuarded: boolean): void {
    this.#isGuarded = isGuarded;
    const { origin, method, path, query, headers, body } = this.request;
    this.begin();
    const options = {
      origin,
      method,
      path: query === "" ? path : `${path}?${query}`,
      headers,
      body: this.streamedRequest ?? body,
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    try {
      dispatcher.dispatch(options, this);
    } catch (error) {
      this.fail(error);
    }
  }

  onRequestStart(controller: Controller): void {
    // The request was aborted while it waited. Aborting it now would cost undici the connection; throwing makes undici
    // continue with the next request in its queue.
    if (this.isSettled) throw new Error("aborted before it was sent");
    this.#controller = controller;
    this.connected();
  }

  /** Called by undici with the first bytes of a response. */
  onResponseStarted(): void {
    this.#hasResponse = true;
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    // The final response follows an interim one.
    if (status < 200 || this.isSettled) return;
    this.#headers = headers;
    this.#isBodiless = status === 204 || status === 304;
    this.responded(status);
    if (this.isStreamed) this.streams?.returnStreaming(joinValues(headers));
  }

  onResponseData(_controller: Controller, chunk: Uint8Array): void {
    this.receive(chunk);
  }

  onResponseEnd(): void {
    if (!this.isSettled) this.complete(joinValues(this.#headers));
  }

  onResponseError(_controller: Controller | undefined, error: unknown): void {
    // Their content-length is that of the body for a GET; undici would expect a body of that length.
    if (this.#isBodiless && (error as { readonly code?: unknown }).code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
      this.onResponseEnd();
      return;
    }
    // A peer that has started a response has seen the request, whether the connection was new or pooled.
    this.fail(error, !this.#hasResponse && isOfPooledSocket(error));
  }

  protected override cancel(): void {
    this.#controller?.abort(new Error("aborted"));
  }

  override pause(): void {
    if (this.#isGuarded || !isLastResponse(this.#headers)) this.#controller?.pause();
  }

  override resume(): void {
    this.#controller?.resume();
  }
}

/** undici returns several values of one name as an array. */
function joinValues(headers: Headers): Record<string, string> {
  for (const name in headers) {
    if (typeof headers[name] === "string") continue;
    const joined: Record<string, string> = {};
    for (const [key, value] of Object.entries(headers)) {
      if (value !== undefined) setOwn(joined, key, typeof value === "string" ? value : value.join(", "));
    }
    return joined;
  }
  return headers as Record<string, string>;
}
