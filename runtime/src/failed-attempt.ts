/** What becomes of a response that brings no output. Loaded when the first such response comes. */
import type { Exchange } from "./attempt.js";
import type { ResponseMetadata } from "./errors/base.js";
import { ResponseMismatch } from "./protocols/mismatch.js";
import { unexpectedResponse } from "./protocols/unexpected.js";
import { giveRetryHint, retryAfterOf } from "./retry/hint.js";
import { mend } from "./retry/mend.js";
import { serviceError } from "./service-error.js";
import type { HttpResponse } from "./transport/types.js";

/** The error that a response with an error status stands for, and how long it asks to be left alone. */
export async function refusedAttempt(
  exchange: Exchange,
  response: HttpResponse,
  metadata: ResponseMetadata,
): Promise<Error> {
  const { core, codec, operation } = exchange;
  const error = await serviceError(operation, codec, response, metadata);
  giveRetryHint(error, { delay: retryAfterOf(response.headers, core.clock.now()) });
  if (await mend(exchange, response, error)) giveRetryHint(error, { retryable: true });
  return error;
}

/** The error for a response whose body could not be read because of `error`, without the parser's words. */
export function unreadableOutput(
  { codec }: Exchange,
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
