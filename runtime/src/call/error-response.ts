/** What becomes of a response that brings no output. Loaded when the first such response comes. */
import type { CallContext } from "../features/context.js";
import type { ResponseMetadata } from "../errors/base.js";
import { ResponseMismatch } from "../errors/mismatch.js";
import { unexpectedResponse } from "../errors/unexpected.js";
import { giveRetryHint, retryAfterOf } from "../retry/hint.js";
import { recover } from "./recover.js";
import type { HttpResponse } from "../transport/types.js";
import type { UnexpectedResponseError } from "../errors/client.js";
import { ServiceError } from "../errors/service.js";
import type { OperationCodec, Operation, ProtocolError } from "../schema/service.js";
import { classifyResponse } from "../retry/classify.js";

/** The error that a response with an error status stands for, and how long it asks to be left alone. */
export async function errorResponse(
  context: CallContext,
  response: HttpResponse,
  metadata: ResponseMetadata,
): Promise<Error> {
  const { client, codec, operation } = context;
  const error = await serviceError(operation, codec, response, metadata);
  giveRetryHint(error, { delay: retryAfterOf(response.headers, client.clock.now()) });
  if (await recover(context, response, error)) giveRetryHint(error, { retryable: true });
  return error;
}

/** The error for a response whose body could not be read because of `error`, without the parser's words. */
export function unreadableOutput(
  { codec }: CallContext,
  response: HttpResponse,
  metadata: ResponseMetadata,
  error: unknown,
): unknown {
  response.stream?.cancel();
  if (error instanceof SyntaxError) {
    return unexpectedResponse(response, `is not ${codec.format}`, { cause: error, metadata });
  }
  if (error instanceof ResponseMismatch) {
    return unexpectedResponse(response, `is not as modelled: ${error.message}`, { metadata });
  }
  return error;
}

/**
 * The error that a response with an error status stands for: the operation's own class where the model has it, a
 * plain `ServiceError` where it has not, and an `UnexpectedResponseError` where the response names no error at all,
 * which is how proxies and load balancers answer.
 */
export async function serviceError(
  operation: Operation,
  codec: OperationCodec,
  response: HttpResponse,
  metadata: ResponseMetadata,
): Promise<ServiceError | UnexpectedResponseError> {
  const { code: sent, message, members, others } = await codec.readError(response);
  const code = sent && onOneLine(sent);
  if (!code) {
    return unexpectedResponse(response, "is an error that names no cause: a proxy may have answered", { metadata });
  }
  // What begins as a success fails by the server's fault.
  const isLate = response.status < 300;
  const { retryable, throttling } = classifyResponse(code, isLate && operation.lateErrors ? 500 : response.status);
  const modelled = operation.errors?.find((candidate) => candidate.shape.name === code);
  const trait = modelled?.shape.error?.retryable;
  const fields = {
    ...(isLate && !modelled && { fault: "server" as const }),
    name: code,
    message: message ?? `${operation.name} failed with status ${response.status}`,
    retryable: retryable || trait !== undefined,
    throttling: throttling || trait === "throttling",
    $metadata: metadata,
  };
  return withOthers(modelled ? new modelled(fields, members) : new ServiceError(fields), others);
}

/**
 * The error with what the service sent besides the modelled members, under its name. Not enumerable, because an error is logged
 * and may hold the request here: S3 returns its canonical form, with the session token.
 */
function withOthers(error: ServiceError, others: ProtocolError["others"] = {}): ServiceError {
  for (const [name, value] of Object.entries(others)) {
    if (!(name in error)) Object.defineProperty(error, name, { value, writable: true, configurable: true });
  }
  return error;
}

/** A name as it can stand in a line of a log, whoever answered. */
function onOneLine(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, 200);
}
