/** An attempt whose answer is handed over as it comes. Loaded by the first call of an operation that has such. */
import type { CallContext } from "../call/context.js";
import { ConnectionError } from "../errors/client.js";
import { isClientsmithError } from "../errors/base.js";
import { metadataOf } from "../call/metadata.js";
import { within } from "../signals/within.js";
import { defaultMaxResponseSize, ResponseTooLarge } from "../transport/limits.js";
import type { HttpRequest, HttpResponse, ResponseStream, TransportOptions } from "../transport/types.js";
import { ReceivedBody } from "./received-body.js";

/**
 * Sends a request and gives the answer once its headers are there, its body as a `StreamingBody` in `stream`. The body of
 * an error is read to its end: it is small, and says what went wrong.
 */
export async function receive(
  exchange: CallContext,
  request: HttpRequest,
  options: TransportOptions,
): Promise<HttpResponse> {
  const { client, operation, signal, bodySignal } = exchange;
  const response = await client.transport.send(request, { ...options, streamed: { signal: bodySignal } });
  const stream = response.stream ?? wholeBody(response.body);
  const maxResponseSize = client.options.maxResponseSize ?? defaultMaxResponseSize;
  const body = new ReceivedBody(stream, {
    operation: operation.name,
    maxResponseSize,
    failed: (error) => failureOf(error, exchange, response),
  });
  if (response.status < 300) return { ...response, stream: body };
  try {
    // The deadline does not end with the headers of an error.
    return { ...response, body: await within(body.bytes(), signal, "while reading the response") };
  } finally {
    body.cancel();
  }
}

/** The body that a transport has read although it was asked for a stream. */
function wholeBody(body: Uint8Array): ResponseStream {
  return {
    async *[Symbol.asyncIterator]() {
      if (body.byteLength > 0) yield await Promise.resolve(body);
    },
    cancel: () => {},
  };
}

/** The error that the reading of a body ends with, and what call it is of. */
function failureOf(error: unknown, exchange: CallContext, response: HttpResponse): unknown {
  const { operation } = exchange;
  const failure = error instanceof ResponseTooLarge ? tooLarge(error, operation.name) : error;
  if (isClientsmithError(failure)) {
    failure.operation = operation.name;
    failure.$metadata ??= metadataOf(response, exchange);
    failure.attempts = failure.$metadata.attempts;
  }
  return failure;
}

function tooLarge(cause: ResponseTooLarge, operation: string): ConnectionError {
  const message = `The response of ${operation} cannot be collected: ${cause.message}. Read it part by part, with for await.`;
  return new ConnectionError(message, { cause, systemCode: cause.code });
}
