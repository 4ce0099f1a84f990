/** Handles a response without an output. Loaded on the first such response. */
import type { CallContext } from "../features/context.js";
import type { ResponseMetadata } from "../errors/base.js";
import { ResponseMismatch } from "../errors/mismatch.js";
import { unexpectedResponse } from "../errors/unexpected.js";
import { setRetryHint } from "../retry/hint.js";
import type { HttpResponse } from "../schema/http.js";
import type { UnexpectedResponseError } from "../errors/client.js";
import { ServiceError } from "../errors/service.js";
import type { ProtocolError } from "../schema/service.js";

/** The error of a response with an error status, with the delay that the server requests. */
export async function errorResponse(
  context: CallContext,
  response: HttpResponse,
  metadata: ResponseMetadata,
): Promise<Error> {
  const { client } = context;
  const error = await serviceError(context, response, metadata);
  setRetryHint(error, client.conventions.retryAfterOf(response.headers, client.clock.now()));
  if (await client.conventions.recover(context, response, error)) setRetryHint(error, { retryable: true });
  return error;
}

/** Error for a response whose body could not be read because of `error`, without the parser's message. */
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
 * The error of a response with an error status: an instance of the operation's own class if the error is modelled, else
 * a plain `ServiceError`. An `UnexpectedResponseError` if the response names no error, as responses of proxies and load
 * balancers do not.
 */
async function serviceError(
  { client, operation, codec }: Pick<CallContext, "client" | "operation" | "codec">,
  response: HttpResponse,
  metadata: ResponseMetadata,
): Promise<ServiceError | UnexpectedResponseError> {
  const { code: sent, message, members, others } = await codec.readError(response);
  const code = sent && onOneLine(sent);
  if (!code) {
    return unexpectedResponse(response, "is an error that names no cause: a proxy may have responded", { metadata });
  }
  // An error in a 200 response is a server error.
  const isLate = response.status < 300;
  const { retryable, throttling } = client.conventions.classify(
    code,
    isLate && operation.lateErrors ? 500 : response.status,
  );
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
 * Adds what the service sent besides the modelled members, under its name. Not enumerable, because errors are logged
 * and S3 returns the canonical request with the session token here.
 */
function withOthers(error: ServiceError, others: ProtocolError["others"] = {}): ServiceError {
  for (const [name, value] of Object.entries(others)) {
    if (!(name in error)) Object.defineProperty(error, name, { value, writable: true, configurable: true });
  }
  return error;
}

/** The name with characters that are safe in one line of a log, even if a proxy sent it. */
function onOneLine(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, 200);
}
