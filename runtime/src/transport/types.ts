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
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, read to its end. */
  readonly body: Uint8Array;
  /** How long the phases took, where the transport tells. */
  readonly timing?: ResponseTiming;
}

/** Milliseconds that the phases of an exchange took. */
export interface ResponseTiming {
  /** Waiting for a connection and connecting. */
  readonly connect: number;
  /** From the request being sent until the response's headers. */
  readonly headers: number;
  readonly body: number;
}

/** Time limits of one attempt, in milliseconds; 0 switches one off. */
export interface TimeLimits {
  /** From the start of the attempt until a connected socket takes the request: waiting for one and connecting. */
  readonly connectTimeout: number;
  /** From the request being sent until the response's headers are there. */
  readonly headersTimeout: number;
  /** Longest silence while the response's body is read. */
  readonly bodyTimeout: number;
}

export interface TransportOptions extends TimeLimits {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends one request and reads the whole response. Fails with `ConnectionError` (no answer, or not a whole one),
 * `TimeoutError` (a limit passed), `AbortedError` (the signal) or `ConfigurationError` (a proxy that is none), nothing
 * else. Never retries.
 */
export interface Transport {
  send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse>;
  /** Closes the connections that this transport opened itself. */
  close(): Promise<void>;
}
