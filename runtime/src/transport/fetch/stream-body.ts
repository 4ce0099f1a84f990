import type { StreamedRequest } from "../exchange/streamed-request.js";
import { RejectedExchange } from "./rejected-exchange.js";

/** Reads nothing ahead: each read serves a connection that can accept more. */
export function streamBody(streamed: StreamedRequest): ReadableStream<Uint8Array> {
  if (!sendsStreams()) {
    throw new RejectedExchange(
      "CLIENTSMITH_NO_REQUEST_STREAMS",
      "the fetch of this platform sends no streaming body; pass a buffered body",
    );
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await streamed.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => streamed.stop(),
    },
    { highWaterMark: 0 },
  );
}

/** A platform without request streams does not read `duplex`, or sends the stream's name as text. */
function sendsStreams(): boolean {
  let isRead = false;
  const { headers } = new Request("http://localhost", {
    method: "POST",
    body: new ReadableStream(),
    get duplex() {
      isRead = true;
      return "half" as const;
    },
  });
  return isRead && !headers.has("content-type");
}
