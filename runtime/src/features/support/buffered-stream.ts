import type { ResponseStream } from "../../schema/http.js";

/** The body, if the transport buffered it although a stream was requested. */
export function bufferedStream(body: Uint8Array): ResponseStream {
  return {
    async *[Symbol.asyncIterator]() {
      if (body.byteLength > 0) yield await Promise.resolve(body);
    },
    cancel: () => {},
  };
}
