import type { ProtocolRequest } from "../schema/service.js";
import type { Feature } from "./feature.js";
import { gzip } from "./support/gzip.js";

/** Bodies shorter than this many bytes gain too little: the default that the AWS SDKs share. */
const defaultMinimum = 10_240;

/**
 * `smithy.api#requestCompression` with gzip: bodies of `requestMinCompressionSizeBytes` or more are compressed, unless
 * `disableRequestCompression` is set.
 *
 * @see https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
export function requestCompression(): Feature {
  return {
    name: "request-compression",
    message: (message, _input, { client: { options } }) =>
      options.disableRequestCompression ? message : gzipBody(message, options.requestMinCompressionSizeBytes),
  };
}

/** The message with its body compressed, and `gzip` appended to its `content-encoding`. */
export function gzipBody(
  message: ProtocolRequest,
  minimum = defaultMinimum,
): ProtocolRequest | Promise<ProtocolRequest> {
  const body = typeof message.body === "string" ? new TextEncoder().encode(message.body) : message.body;
  if (body === undefined || body.byteLength < minimum) return message;
  const encoding = message.headers["content-encoding"];
  const headers = { ...message.headers, "content-encoding": encoding ? `${encoding}, gzip` : "gzip" };
  return gzip(body).then((compressed) => ({ ...message, headers, body: compressed }));
}
