/** The only seam to HTTP: what a transport is handed and what it gives back. */
export interface HttpRequest {
  readonly method: string;
  /** Scheme, host and port: `https://cloudtrail.us-east-1.amazonaws.com`. */
  readonly origin: string;
  /** Percent-encoded path, without query: `/`. */
  readonly path: string;
  /** Percent-encoded query without `?`; empty where there is none. */
  readonly query: string;
  /** Lower-case names. Includes `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /**
   * A body that comes in parts, instead of `body`: read once, and sent in chunks unless a header `content-length` says how
   * long it is. Begun once there is a connection; its iterator gets `return` where the exchange ends before it.
   */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, read to its end; empty where it is streamed. */
  readonly body: Uint8Array;
  /** The body, where {@link TransportOptions.streamed} asked for it. */
  readonly stream?: ResponseStream;
  /** How long the phases took, where the transport tells. */
  readonly timing?: ResponseTiming;
}

/**
 * The body of a response, read as it is asked for and once only. Fails while it is read with the errors of a transport:
 * `ConnectionError`, `TimeoutError` (nothing came for `bodyTimeout` while the reader waited), `AbortedError`.
 */
export interface ResponseStream extends AsyncIterable<Uint8Array> {
  /**
   * Gives up what was not read, and the connection with it; who reads on gets an `AbortedError`. Nothing happens where the
   * body is read or given up already.
   */
  cancel(): void;
}

/** Milliseconds that the phases of an exchange took. */
export interface ResponseTiming {
  /** Waiting for a connection and connecting. */
  readonly connect: number;
  /** From the request being sent until the response's headers; the sending of a stream counts. */
  readonly headers: number;
  readonly body: number;
}

/** Time limits of one attempt, in milliseconds; 0 switches one off. */
export interface TimeLimits {
  /** From the start of the attempt until a connected socket takes the request: waiting for one and connecting. */
  readonly connectTimeout: number;
  /** From the request being sent, in full where its body is a stream, until the response's headers are there. */
  readonly headersTimeout: number;
  /**
   * Longest silence while the response's body is read; where it is a stream, while a reader waits for more. Also the longest
   * that a stream to be sent gives nothing, or the other side takes nothing of it.
   */
  readonly bodyTimeout: number;
}

export interface TransportOptions extends TimeLimits {
  /** Ends the exchange, up to its end. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Hands the response over once its headers are there, with its body in `stream`. `signal` counts until then, and this
   * signal, where there is one, while the body is read: a call's deadline ends at the headers.
   */
  readonly streamed?: { readonly signal?: AbortSignal | undefined } | undefined;
}

/**
 * Sends one request and reads the response. Fails with `ConnectionError` (no answer, or not a whole one),
 * `TimeoutError` (a limit passed), `AbortedError` (the signal) or `ConfigurationError` (a proxy that is none), nothing
 * else. Never retries.
 */
export interface Transport {
  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse>;
  /**
   * Closes the connections that this transport opened itself, after the requests under way. A streamed body that nobody has
   * begun to read is given up, and one whose reader does not ask for more within `bodyTimeout`.
   */
  close(): Promise<void>;
}
