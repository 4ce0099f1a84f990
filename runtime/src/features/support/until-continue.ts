import type { ContinuableRequest } from "../../schema/http.js";

/** Milliseconds to wait for the interim response: servers that do not know the header send none. */
const maxWait = 1000;

/**
 * Sends the headers of a request with `Expect: 100-continue`. The promise resolves once the server accepts them, or does
 * not respond in time. It never does if the server sends its final response instead; then the connection is closed,
 * because the server would take another request for the body.
 */
export function untilContinue(request: ContinuableRequest): Promise<void> {
  request.setHeader("expect", "100-continue");
  request.flushHeaders();
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWaiting = true;
    const stop = (): void => {
      isWaiting = false;
      clearTimeout(timer);
    };
    const send = (): void => {
      stop();
      resolve();
    };
    request.once("socket", () => {
      if (isWaiting) timer = setTimeout(send, maxWait);
    });
    request.once("continue", send);
    request.once("close", stop);
    request.once("response", (response) => {
      if (!isWaiting) return;
      stop();
      response.once("end", () => request.destroy());
    });
  });
}
