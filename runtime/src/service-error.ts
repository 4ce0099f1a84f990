import type { UnexpectedResponseError } from "./errors/answer.js";
import type { ResponseMetadata } from "./errors/base.js";
import { ServiceError } from "./errors/service.js";
import type { OperationCodec } from "./protocols/protocol.js";
import { unexpectedResponse } from "./protocols/unexpected.js";
import { classifyResponse } from "./retry/classify.js";
import type { Operation } from "./schema/operation.js";
import type { HttpResponse } from "./transport/types.js";

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
  const { code: sent, message, members } = await codec.readError(response);
  const code = sent && onOneLine(sent);
  if (!code) {
    return unexpectedResponse(response, "is an error that names no cause: a proxy may have answered", { metadata });
  }
  // What begins as a success fails by the server's fault.
  const isLate = response.status < 300;
  const { retryable, throttling } = classifyResponse(code, isLate ? 500 : response.status);
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
  return modelled ? new modelled(fields, members) : new ServiceError(fields);
}

/** A name as it can stand in a line of a log, whoever answered. */
function onOneLine(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, 200);
}
