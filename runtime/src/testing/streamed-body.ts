import { isBytes } from "../schema/values.js";
import { RequestStream } from "../streams/request-stream.js";
import { isStreamSource } from "../streams/types.js";

/** A body that a handler returned: bytes and text as they are, any other source in chunks of bytes. */
export function streamedBody(value: unknown): string | Uint8Array | AsyncIterable<Uint8Array> {
  if (typeof value === "string" || isBytes(value)) return value;
  // The output was validated.
  if (!isStreamSource(value)) throw new TypeError("A body must be text, bytes or a stream");
  return new RequestStream(value);
}
