import type { HttpRequest, Transport } from "#runtime/schema/http.js";

/** A transport that records requests instead of sending them, and responds to each with status 200 and this body. */
export function keepRequests(body = ""): { readonly transport: Transport; readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const transport: Transport = {
    send: (request) => {
      sent.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(body) });
    },
    close: () => Promise.resolve(),
  };
  return { transport, sent };
}
