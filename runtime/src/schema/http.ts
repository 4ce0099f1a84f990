/** The only interface to HTTP: the request for a transport and the response that it returns. */
export interface HttpRequest {
  readonly method: string;
  /** Scheme, host and port: `https://cloudtrail.us-east-1.amazonaws.com`. */
  readonly origin: string;
  /** Percent-encoded path, without query: `/`. */
  readonly path: string;
  /** Percent-encoded query without `?`; empty if there is none. */
  readonly query: string;
  /** Lower-case names. Includes `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /**
   * A streaming body, instead of `body`: read once, and sent chunked unless a header `content-length` declares its
   * length. It is started once there is a connection; if the exchange ends first, its iterator's `return` is called.
   */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
}

/** A streaming request body. Each attempt iterates over it. */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** Length in bytes, if known. */
  readonly length: number | undefined;
  /** It can be read any number of times. */
  readonly isRepeatable: boolean;
  /** It was started, and cannot be read again. */
  readonly isConsumed: boolean;
  /** The error of the body itself, such as an invalid event. The call fails with it, whatever the transport reports. */
  readonly failure?: unknown;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The buffered body; empty if it is streamed. */
  readonly body: Uint8Array;
  /** `body` was joined from chunks for this response alone. */
  readonly isJoined?: boolean;
  /** The body, if {@link TransportOptions.streamed} requested it. */
  readonly stream?: ResponseStream;
  /** Duration of the phases, if the transport reports it. */
  readonly timing?: ResponseTiming;
}

/**
 * The streaming body of a response, read on demand and only once. Reading fails with the errors of a transport:
 * `ConnectionError`, `TimeoutError` (no data for `bodyTimeout` while the reader waited), `AbortedError`.
 */
export interface ResponseStream extends AsyncIterable<Uint8Array> {
  /**
   * Cancels what was not read, and closes the connection; later reads fail with an `AbortedError`. Has no effect if the
   * body is consumed or cancelled already.
   */
  cancel(): void;
}

/** Duration of the phases of an exchange, in milliseconds. */
export interface ResponseTiming {
  /** Waiting for a connection and connecting. */
  readonly connect: number;
  /** From the request being sent until the response's headers; includes sending a stream. */
  readonly headers: number;
  readonly body: number;
}

/** Time limits of one attempt, in milliseconds; 0 disables one. */
export interface TimeLimits {
  /** From the start of the attempt until a connected socket takes the request: waiting for one and connecting. */
  readonly connectTimeout: number;
  /**
   * From the request being sent (for a streaming body, all of it, unless it is duplex) until the response's headers
   * arrive.
   */
  readonly headersTimeout: number;
  /**
   * Max time without progress while the response's body is read; for a stream, while a reader waits. Also the max time
   * that a stream to be sent returns nothing, or the peer accepts nothing of it.
   */
  readonly bodyTimeout: number;
}

export interface TransportOptions extends TimeLimits {
  /** Aborts the exchange at any time until its end. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Returns the response once its headers have arrived, with its body in `stream`. Until then `signal` applies; while
   * the body is read, this signal does, if there is one: a call's deadline ends at the headers.
   */
  readonly streamed?: StreamedOptions | undefined;
  /**
   * Called with the request before its body is sent, by a transport over `node:http`. It adds `Expect: 100-continue` and
   * holds the body back. Other transports send the body at once.
   */
  readonly expectContinue?: ((request: ContinuableRequest) => void) | undefined;
  /**
   * Both bodies are event streams, and are transferred at the same time: the response is returned at its headers while
   * the request's stream is still being sent. A status from 300, or the end of the response, ends the request's stream.
   * Only a transport with {@link Transport.isDuplex} receives this option.
   */
  readonly duplex?: true | undefined;
  /** With {@link duplex}: max time that the peer accepts nothing of the request's stream, in milliseconds; 0: no limit. */
  readonly sendTimeout?: number | undefined;
}

/** How a streaming body is read. */
export interface StreamedOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long a reader may pause while the transport is closing, in milliseconds; 0: no limit. Default: `bodyTimeout`. */
  readonly pauseTimeout?: number | undefined;
}

/** What can wait for an interim response 100: the part of Node's `http.ClientRequest` for it. */
export interface ContinuableRequest {
  setHeader(name: string, value: string): unknown;
  flushHeaders(): void;
  once(event: "socket" | "continue" | "close", listener: () => void): unknown;
  once(event: "response", listener: (response: { once(event: "end", listener: () => void): unknown }) => void): unknown;
  end(body?: string | Uint8Array): unknown;
  destroy(): unknown;
}

/**
 * Sends one request and reads the response. Fails only with `ConnectionError` (no response, or an incomplete one),
 * `TimeoutError` (a limit passed), `AbortedError` (the signal) or `ConfigurationError` (an invalid proxy). Never
 * retries.
 */
export interface Transport {
  /** It supports {@link TransportOptions.duplex}, as HTTP/2 does. Without it, such an operation fails before it is sent. */
  readonly isDuplex?: true | undefined;
  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse>;
  /**
   * Closes the connections that this transport opened, after the requests in flight. A streaming body is cancelled if
   * its reading was not started, or if its reader needs no more within {@link StreamedOptions.pauseTimeout}.
   */
  close(): Promise<void>;
}
