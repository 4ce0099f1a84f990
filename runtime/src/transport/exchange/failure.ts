/** The errors of the transport. Loaded when the first one happens. */
import { ConnectionError, TimeoutError } from "../../errors/client.js";
import { codeOf } from "../error-code.js";
import { systemCode } from "../../errors/system-codes.js";
import type { HttpRequest } from "../../schema/http.js";
import { limitOf, type ExchangeFailure } from "./phases.js";

/**
 * Max milliseconds until a pooled connection fails that the peer had closed before. Its end or its reset has arrived
 * already, or comes after one round trip, for which TCP allows a second before it retransmits. A later failure happened
 * while the peer had the request.
 */
const staleWithin = 1_000;

/** Error for a failed exchange. */
export function exchangeError(failure: ExchangeFailure): ConnectionError | TimeoutError {
  const { why, connectTimeout } = failure;
  if ("limit" in why) return timeoutError(failure, why.limit);
  if (connectTimeout !== undefined && codeOf(why.error) === "UND_ERR_CONNECT_TIMEOUT") {
    return timeoutError(failure, connectTimeout);
  }
  if (why.isOfSource) return sourceError(failure, why.error);
  return connectionError(failure, why.error, why.kept === true);
}

/**
 * Error for a request that could not be started, because of an error or for the reason that a code means.
 *
 * @param what the reason if the code has no meaning
 */
export function notSentError(
  request: HttpRequest,
  cause: unknown,
  code = codeOf(cause),
  what = "undici could not be loaded",
): ConnectionError {
  const why = (code === undefined ? undefined : systemCode(code)?.meaning) ?? what;
  return new ConnectionError(`${name(request)} was not sent: ${why}.`, { cause, systemCode: code, sent: false });
}

function timeoutError(failure: ExchangeFailure, limit: number): TimeoutError {
  const { request, phase, status, received, sent, isReading, exhausted, isSentForSure = true } = failure;
  const what = {
    connect:
      exhausted === undefined
        ? `no connection could be opened${overProxy(failure)}`
        : `${exhausted === 1 ? "the only connection allowed is" : `all ${exhausted} connections are`} in use (option maxConnections)`,
    sending: isReading
      ? `its body's stream stalled after ${sent} bytes`
      : `the peer accepted no more of its body after ${sent} bytes`,
    headers: isSentForSure ? "the request was sent, but no response started" : "no response started",
    body: `the response (status ${status}) stalled after ${received} bytes of its body`,
  }[phase];
  const message = `${name(request)} timed out after ${limit} ms (option ${limitOf[phase]}): ${what}.`;
  return new TimeoutError(message, { phase: phase === "sending" ? "body" : phase, limit });
}

/** Regardless of the code: the stream's error is not an error of this connection. */
function sourceError({ request, sent }: ExchangeFailure, cause: unknown): ConnectionError {
  const message = `${name(request)} was not sent in full (${sent} bytes of its body): its stream failed: ${messageOf(cause)}.`;
  return new ConnectionError(message, { cause, systemCode: "CLIENTSMITH_REQUEST_STREAM" });
}

function connectionError(failure: ExchangeFailure, cause: unknown, kept: boolean): ConnectionError {
  const { request, phase, status, received, sent, waited = Infinity } = failure;
  const refusal = phase === "connect" ? /^Proxy response \((\d+)\)/.exec(messageOf(cause))?.[1] : undefined;
  const code = refusal === "407" ? "CLIENTSMITH_PROXY_AUTHENTICATION" : codeOf(cause);
  const refused =
    refusal && refusal !== "407" ? `the proxy opened no tunnel, but responded with status ${refusal}` : undefined;
  const why = [refused ?? meaningOf(cause, code), code && ` (${code})`].join("");
  const what = {
    connect: `was not sent${overProxy(failure)}`,
    sending: `was not sent in full (${sent} bytes of its body)`,
    headers: "got no response",
    body: `got part of a response only (status ${status}, ${received} bytes of its body)`,
  }[phase];
  return new ConnectionError(`${name(request)} ${what}: ${why}.`, {
    cause,
    systemCode: code,
    sent: phase !== "connect" && code !== "NGHTTP2_REFUSED_STREAM",
    stale: kept && (phase === "headers" || phase === "sending") && waited < staleWithin,
  });
}

function meaningOf(cause: unknown, code: string | undefined): string {
  const message = messageOf(cause);
  if (code === undefined) return message;
  // `node:http` uses the code of a reset also for a connection that the peer closed. Only a reset comes from a system
  // call.
  if (code === "ECONNRESET" && !isFromSystemCall(cause)) return "the peer closed the connection";
  return systemCode(code)?.meaning ?? message.replace(/^Parse Error: /, "the response is not valid HTTP/1.1: ");
}

function isFromSystemCall(error: unknown): boolean {
  return typeof error === "object" && error !== null && "syscall" in error && error.syscall !== undefined;
}

/** Names the proxy if connecting failed over one. */
function overProxy({ proxy }: ExchangeFailure): string {
  return proxy === undefined ? "" : ` (over the proxy ${proxy})`;
}

/** Message of the innermost cause: `fetch` itself reports only that it failed. */
function messageOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error && current.cause instanceof Error; depth++) {
    current = current.cause;
  }
  return current instanceof Error ? current.message : String(current);
}

function name({ method, origin }: HttpRequest): string {
  return `${method} ${origin}`;
}
