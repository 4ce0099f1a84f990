import { gzip } from "./gzip.js";
import type { ProtocolRequest } from "../schema/service.js";

/** Bodies shorter than this many bytes gain too little: the default that the AWS SDKs share. */
const defaultMinimum = 10_240;

/**
 * `smithy.api#requestCompression`: the message with its body compressed, its `content-encoding` appended to.
 *
 * @see https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
export async function gzipBody(message: ProtocolRequest, minimum = defaultMinimum): Promise<ProtocolRequest> {
  const body = typeof message.body === "string" ? new TextEncoder().encode(message.body) : message.body;
  if (body === undefined || body.byteLength < minimum) return message;
  const encoding = message.headers["content-encoding"];
  return {
    ...message,
    headers: { ...message.headers, "content-encoding": encoding ? `${encoding}, gzip` : "gzip" },
    body: await gzip(body),
  };
}
