import { isClientsmithError } from "../errors/base.js";
import { ConnectionError } from "../errors/client.js";
import { bufferedStream } from "./support/buffered-stream.js";
import { metadataOf } from "./support/response-metadata.js";
import { within } from "../signals/within.js";
import { ReceivedBody } from "../streams/received-body.js";
import { ResponseTooLarge } from "../streams/response-too-large.js";
import { defaultMaxResponseSize } from "../transport/limits.js";
import type { HttpResponse } from "../schema/http.js";
import { enableReceiving } from "../transport/streaming/receiving.js";
import type { CallContext } from "./context.js";
import type { Feature } from "./feature.js";

/**
 * `smithy.api#streaming` on a member of the output: the response is returned once its headers have arrived, with its
 * body as a `StreamingBody`.
 *
 * @see https://smithy.io/2.0/spec/streaming.html
 */
export function streamedOutput(): Feature {
  return {
    name: "streamed-output",
    transport(options, { bodySignal }) {
      enableReceiving();
      return Object.assign({ streamed: { signal: bodySignal } }, options);
    },
    response: readStreamed,
  };
}

/** The body of an error is small, and is read to its end. */
async function readStreamed(response: HttpResponse, context: CallContext): Promise<HttpResponse> {
  const { client, operation, signal } = context;
  const stream = response.stream ?? bufferedStream(response.body);
  const body = new ReceivedBody(stream, {
    operation: operation.name,
    maxResponseSize: client.options.maxResponseSize ?? defaultMaxResponseSize,
    failed: (error) => failureOf(error, context, response),
  });
  if (response.status < 300) return { ...response, stream: body };
  try {
    // The deadline does not end with the headers of an error.
    return { ...response, body: await within(body.bytes(), signal, "while reading the response") };
  } finally {
    body.cancel();
  }
}

/** The error of reading a body, with the metadata of its call. */
function failureOf(error: unknown, context: CallContext, response: HttpResponse): unknown {
  const { operation } = context;
  const failure = error instanceof ResponseTooLarge ? tooLarge(error, operation.name) : error;
  if (isClientsmithError(failure)) {
    failure.operation = operation.name;
    failure.$metadata ??= metadataOf(response, context);
    failure.attempts = failure.$metadata.attempts;
  }
  return failure;
}

function tooLarge(cause: ResponseTooLarge, operation: string): ConnectionError {
  const message = `The response of ${operation} cannot be collected: ${cause.message}. Read it in chunks, with for await.`;
  return new ConnectionError(message, { cause, systemCode: cause.code });
}
