import { PassThrough, type Readable } from "node:stream";
import type { Request } from "./request.js";

/** Sends the request in the next tick, and gives its body. */
export function createReadStream<Data, Err>(request: Request<Data, Err>): Readable {
  const output = new PassThrough();
  request.on("error", (error) => {
    output.destroy(error as Error);
  });
  request.on("httpHeaders", (statusCode, _headers, { httpResponse }) => {
    if (statusCode < 300) httpResponse.createUnbufferedStream()?.pipe(output);
  });
  process.nextTick(() => request.send());
  return output;
}
