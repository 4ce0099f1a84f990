import { PassThrough, Readable } from "node:stream";
import { awsError } from "./aws-error.js";
import type { Request } from "./request.js";

/** Sends the request in the next tick, and gives its body as it comes. */
export function createReadStream<Data, Err>(request: Request<Data, Err>): Readable {
  const output = new PassThrough();
  request.on("error", (error) => {
    output.destroy(error as Error);
  });
  request.on("httpHeaders", (statusCode, headers, response) => {
    if (statusCode >= 300) return;
    const body = response.httpResponse.createUnbufferedStream() ?? Readable.from([]);
    const { "content-length": length } = headers;
    const expected = request.httpRequest.method === "HEAD" ? undefined : length;
    let received = 0;
    body
      .on("data", (chunk: Uint8Array) => {
        received += chunk.byteLength;
        if (!output.write(chunk)) {
          body.pause();
          output.once("drain", () => body.resume());
        }
      })
      .on("error", (error) => output.destroy(error))
      .on("end", () => {
        if (expected === undefined || Number(expected) === received) output.end();
        else output.destroy(lengthMismatch(received, expected));
      });
  });
  process.nextTick(() => request.send());
  return output;
}

function lengthMismatch(received: number, expected: string): Error {
  const message = `Stream content length mismatch. Received ${received} of ${expected} bytes.`;
  return awsError(new Error(message), { code: "StreamContentLengthMismatch" });
}
