import { nextTick } from "../time/real-ticks.js";
import { PassThrough, type Readable } from "node:stream";
import { sendingError } from "./events/sending-error.js";
import type { Request } from "./request.js";

/** Sends the request in the next tick, and returns the body of its response as a stream. */
export function createReadStream<Data, Err>(request: Request<Data, Err>): Readable {
  const output = new PassThrough();
  request.streamsResponse = true;
  request.on("error", (error) => {
    output.destroy(error as Error);
  });
  request.on("httpHeaders", (statusCode, _headers, { httpResponse }) => {
    const body = statusCode < 300 ? httpResponse.createUnbufferedStream() : undefined;
    if (!body) return;
    body.on("error", (error) => output.destroy(sendingError(request, error)));
    // A reader that stops needs no more of it.
    output.on("close", () => body.destroy());
    body.pipe(output);
  });
  nextTick(() => request.send());
  return output;
}
