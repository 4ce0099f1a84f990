import type { TimeLimits, HttpRequest } from "../../schema/http.js";
import type { TimeoutPhase } from "../../errors/client.js";

export const beforeSending = "before the request was sent";

/** Description of each phase, for `abortError` messages. */
export const at: Readonly<Record<ExchangePhase, string>> = {
  connect: "while waiting for a connection",
  sending: "while sending the request",
  headers: "while waiting for the response",
  body: "while reading the response",
};

/** The option that limits each phase. */
export const limitOf: Readonly<Record<ExchangePhase, keyof TimeLimits>> = {
  connect: "connectTimeout",
  sending: "bodyTimeout",
  headers: "headersTimeout",
  body: "bodyTimeout",
};

/** What an exchange is waiting for; sending all of a streaming body is a phase of its own. */
export type ExchangePhase = Exclude<TimeoutPhase, "deadline"> | "sending";

/** State of an exchange when it failed. */
export interface ExchangeFailure {
  readonly request: HttpRequest;
  readonly phase: ExchangePhase;
  readonly status: number;
  /** Bytes received of the response's body. */
  readonly received: number;
  /** Bytes sent of a streaming body. */
  readonly sent?: number;
  /** Whether the transport waits for a chunk of the body's stream; otherwise the connection has to accept one. */
  readonly isReading?: boolean;
  /**
   * The transport's own limit for opening a connection, in milliseconds; undefined if another component has the limit.
   */
  readonly connectTimeout: number | undefined;
  /** Connections in use, if no more are allowed. */
  readonly exhausted: number | undefined;
  /** Host and port of the proxy; absent for a direct connection. */
  readonly proxy?: string | undefined;
  /** Milliseconds since the request was sent, if the HTTP client reports that moment. */
  readonly waited?: number;
  /** False if the request was not, or perhaps not, sent in full; true if absent. */
  readonly isSentForSure?: boolean;
  /** The error of the HTTP client or of the stream to be sent, or the phase's limit that passed, in milliseconds. */
  readonly why:
    | { readonly error: unknown; readonly pooled?: boolean | undefined; readonly isOfSource?: true }
    | { readonly limit: number };
}
