import type { TimeLimits, ResponseTiming, HttpRequest } from "../types.js";
import type { TimeoutPhase } from "../../errors/client.js";

export const beforeSending = "before the request was sent";

/** What an exchange is at, as `abortError` wants it. */
export const at: Readonly<Record<ExchangePhase, string>> = {
  connect: "while waiting for a connection",
  sending: "while sending the request",
  headers: "while waiting for the response",
  body: "while reading the response",
};

/** What bounds it. */
export const limitOf: Readonly<Record<ExchangePhase, keyof TimeLimits>> = {
  connect: "connectTimeout",
  sending: "bodyTimeout",
  headers: "headersTimeout",
  body: "bodyTimeout",
};

const timings = new WeakMap<Error, ResponseTiming>();

/** Notes how the time of the exchange went that failed with an error. */
export function withTiming<Failure extends Error>(error: Failure, timing: ResponseTiming): Failure {
  timings.set(error, timing);
  return error;
}

/** How the time of the exchange went that failed with an error; undefined where no exchange did. */
export function timingOf(error: Error): ResponseTiming | undefined {
  return timings.get(error);
}

/**
 * The failure itself, where the words for it cannot be loaded: a process that may open no more files fails to connect
 * and to load for the same reason.
 */
export function unnamedFailure({ request, phase, why }: ExchangeFailure, unloaded: unknown): Error {
  const what = "limit" in why ? `${limitOf[phase]} of ${why.limit} ms passed` : String(why.error);
  const message = `${request.method} ${request.origin} failed (${phase}): ${what}. What that means could not be loaded: ${String(unloaded)}`;
  return new Error(message, { cause: "error" in why ? why.error : unloaded });
}

/** What an exchange is waiting for; that a body which comes in parts is sent in full is one thing more. */
export type ExchangePhase = Exclude<TimeoutPhase, "deadline"> | "sending";

/** How things stood when an exchange failed. */
export interface ExchangeFailure {
  readonly request: HttpRequest;
  readonly phase: ExchangePhase;
  readonly status: number;
  /** Bytes of the body. */
  readonly received: number;
  /** Bytes sent of a body that comes in parts. */
  readonly sent?: number;
  /** Whether the stream of that body was asked for more; else the connection is to take what it gave. */
  readonly isReading?: boolean;
  /** The transport's own limit for opening a connection, in milliseconds; undefined where another decides. */
  readonly connectTimeout: number | undefined;
  /** Connections in use, where these were all that there may be. */
  readonly exhausted: number | undefined;
  /** Host and port of the proxy; absent for a direct connection. */
  readonly proxy?: string | undefined;
  /** Milliseconds since the request was sent, where the HTTP client tells when that was. */
  readonly waited?: number;
  /** False where the HTTP client does not tell whether it is connected; true where absent. */
  readonly isSentForSure?: boolean;
  /** The error that the HTTP client gave or the stream to be sent, or the limit of the phase that passed, in milliseconds. */
  readonly why:
    | { readonly error: unknown; readonly kept?: boolean | undefined; readonly isOfSource?: true }
    | { readonly limit: number };
}
