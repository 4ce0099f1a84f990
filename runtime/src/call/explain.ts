import { schemeOf } from "../auth/support/authenticate.js";
import type { CallContext } from "../features/context.js";
import { type ClientsmithError, setExplanation, type MetadataBearer, type ResponseMetadata } from "../errors/base.js";
import { type PartReport, type RetryState, redactedOrigin } from "../retry/state.js";
import type { Operation, Service } from "../schema/service.js";
import { timingOf } from "../errors/timing.js";
import type { ResponseTiming } from "../schema/http.js";

/** The call that failed. */
export interface FailedCall {
  readonly service: Service;
  readonly operation: Operation;
  /** `performance.now()` when it started. */
  readonly startedAt: number;
  readonly state: RetryState;
}

const whyStopped: Readonly<Record<NonNullable<RetryState["stopped"]>, string>> = {
  notRetryable: "another attempt would fail in the same way",
  bodyStarted: "the body is a stream that was started, so it cannot be sent again: pass bytes or a Blob",
  maxAttempts: "the attempts are used up (option maxAttempts)",
  quota: "too many calls of this client fail: its quota of retries is used up",
  deadline: "the wait would have lasted beyond the deadline",
};

/**
 * Adds the text of `explain()` to an error. The current state is captured now; the text is created on demand.
 *
 * @param exchange undefined if the call made no attempt
 */
export function explainCall(error: ClientsmithError, call: FailedCall, exchange: CallContext | undefined): void {
  const endedAt = performance.now();
  const { state } = call;
  // A transport with an invalid configuration has sent nothing.
  if (error.code === "Configuration" && state.sent > 0) state.sent--;
  error.attempts = state.sent;
  // An error that came from a response has its metadata already.
  if (error.code !== "Service" && error.code !== "UnexpectedResponse") error.$metadata = metadataSoFar(call, exchange);
  const report = state.report?.();
  if (report) Object.assign(error, { $metadata: { ...error.$metadata, ...report.metadata } });
  if (exchange) state.hidden?.removeFrom(error, exchange.request.origin);
  setExplanation(error, () => explanation(error, call, exchange, endedAt, report));
}

/** Metadata of a call that ended without a response: that of the last response before. */
function metadataSoFar({ state }: FailedCall, exchange: CallContext | undefined): ResponseMetadata {
  const responded = state.failed.findLast(({ error }) => (error as Partial<MetadataBearer>).$metadata);
  return {
    ...(responded?.error as Partial<MetadataBearer> | undefined)?.$metadata,
    attempts: state.sent,
    totalRetryDelay: state.totalRetryDelay,
    ...(exchange && { endpoint: redactedOrigin(state, exchange.request.origin) }),
    ...(state.signedWith && { clockOffset: state.clockOffset }),
  };
}

function explanation(
  error: ClientsmithError,
  { service, operation, startedAt, state }: FailedCall,
  exchange: CallContext | undefined,
  endedAt: number,
  report: PartReport | undefined,
): string {
  const lines = [`${service.name}.${operation.name} failed: ${error.name}: ${error.message}`];
  const line = (name: string, text: string): number => lines.push(`  ${name.padEnd(12)}${text}`);
  if (exchange) {
    const { request } = exchange;
    // Not the path itself, because it contains members of the input.
    line("request", `${request.method} ${redactedOrigin(state, request.origin)}${operation.http?.uri ?? request.path}`);
    line("signed", signatureOf(exchange));
    if (state.signedWith) line("credentials", credentialsOf(state.signedWith));
  }
  if (state.sent === 0) {
    line("attempts", `none: nothing was sent, ${milliseconds(endedAt - startedAt)}`);
    return lines.join("\n");
  }
  line("attempts", `${state.sent}, of at most ${exchange?.maxAttempts}, in ${milliseconds(endedAt - startedAt)}`);
  for (const [index, { error: failure, duration, delay, endedAt: failedAt, timing }] of state.failed.entries()) {
    const isLast = index + 1 === state.attempts;
    const waited = isLast ? `${Math.round(endedAt - failedAt)} of ${milliseconds(delay)}` : milliseconds(delay);
    lines.push(`    ${index + 1}. ${describe(failure, duration, timing)}; waited ${waited}`);
  }
  if (state.failed.length < state.attempts) {
    const timing = state.timing ?? timingOf(error);
    const place = state.sent < state.attempts ? "not sent:" : `${state.attempts}.`;
    lines.push(`    ${place} ${describe(error, endedAt - state.attemptAt, timing)}`);
  }
  if (report) line(...report.line);
  line("before", `${milliseconds((state.firstAttemptAt || endedAt) - startedAt)} until the first attempt`);
  if (state.stopped && !isEndedFromOutside(error)) line("then", whyStopped[state.stopped]);
  return lines.join("\n");
}

function signatureOf(context: CallContext): string {
  return (context.state.signedAt === 0 ? undefined : schemeOf(context)?.describe(context)) ?? "no";
}

/** Enough of the key's ID to tell keys apart. It is no secret, but does not have to be in logs either. */
function credentialsOf({ accessKeyId, sessionToken, source }: NonNullable<RetryState["signedWith"]>): string {
  const key = `access key …${accessKeyId.slice(-4)}${sessionToken === undefined ? "" : " with a session token"}`;
  return source === undefined ? key : `${source}, ${key}`;
}

/** Ended by the caller's signal or the deadline; then the retry decision is of no interest. */
function isEndedFromOutside(error: ClientsmithError): boolean {
  return error.code === "Aborted" || (error as { readonly phase?: string }).phase === "deadline";
}

/** How an attempt ended, and its times: `preparing` is credentials, signature and loading of code. */
function describe(error: unknown, duration: number, timing: ResponseTiming | undefined): string {
  const text = `${outcome(error)}, after ${milliseconds(duration)}`;
  if (!timing) return text;
  const { connect, headers, body } = timing;
  const preparing = Math.max(0, duration - connect - headers - body);
  const phases = { preparing, connect, response: headers, body };
  return `${text} (${Object.entries(phases)
    .map(([name, time]) => `${name} ${milliseconds(time)}`)
    .join(", ")})`;
}

function outcome(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { status, requestId }: Partial<ResponseMetadata> = (error as Partial<MetadataBearer>).$metadata ?? {};
  const { systemCode, phase } = error as { readonly systemCode?: string; readonly phase?: string };
  const parts = [
    error.name,
    status !== undefined && `status ${status}`,
    systemCode,
    phase,
    requestId !== undefined && `request ${requestId}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`;
}
