/** The errors of the transport. Loaded when the first one happens. */
import { ConnectionError, TimeoutError } from "../../errors/client.js";
import { codeOf, messageOf } from "../error-code.js";
import { systemCode } from "../../errors/system-codes.js";
import type { HttpRequest } from "../../schema/http.js";
import { causeOf, connectLimit, overProxy, whyUnconnected } from "./connecting.js";
import { limitOf, type ExchangeFailure } from "./phases.js";

/**
 * Max milliseconds until a pooled connection fails that the peer had closed before. Its end or its reset has arrived
 * already, or comes after one round trip, for which TCP allows a second before it retransmits. A later failure happened
 * while the peer had the request.
 */
const staleWithin = 1_000;

/** Error for a failed exchange. */
export function exchangeError(failure: ExchangeFailure): ConnectionError | TimeoutError {
  const { why } = failure;
  if ("limit" in why) return timeoutError(failure, why.limit);
  const limit = connectLimit(failure, why.error);
  if (limit !== undefined) return timeoutError(failure, limit);
  if (why.isOfSource) return sourceError(failure, why.error);
  return connectionError(failure, why.error, why.pooled === true);
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
  const { request, phase, status, received, sent, isReading, isSentForSure = true } = failure;
  const what = {
    connect: whyUnconnected(failure),
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

function connectionError(failure: ExchangeFailure, cause: unknown, pooled: boolean): ConnectionError {
  const { request, phase, status, received, sent, waited = Infinity } = failure;
  const { code, meaning } = causeOf(failure, cause);
  const why = code ? `${meaning} (${code})` : meaning;
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
    stale: pooled && (phase === "headers" || phase === "sending") && waited < staleWithin,
  });
}

function name({ method, origin }: HttpRequest): string {
  return `${method} ${origin}`;
}
