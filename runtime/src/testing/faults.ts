import type { ServerResponse as HttpResponse } from "node:http";
import { sleep } from "../signals/sleep.js";
import type { FailureLike } from "./failure.js";
import type { ServerResponse } from "./protocols/protocol.js";

/**
 * A fault of one request. The parts can be combined, for example to a delayed error whose body is truncated.
 *
 * ```ts
 * { error: { name: "ThrottlingException", status: 400 } }                                 // throttled
 * { response: { status: 503, headers: { "content-type": "text/html" }, body: "<html>" } } // a proxy's page
 * { delay: 2_000 }                                                                        // slow
 * { cut: { at: "before-headers", by: "reset" } }                                          // connection reset
 * { cut: { at: "mid-body", by: "end" } }                                                  // truncated body
 * { cut: { at: "mid-body", by: "stall" } }                                                // silence, connection open
 * ```
 */
export type Fault = {
  /** Milliseconds to wait before anything else. */
  readonly delay?: number | undefined;
  /** Where the response breaks off, and how. The handler has run by then, unless `error` or `response` replaces it. */
  readonly cut?: Cut | undefined;
} & (
  | {
      /** Return this error instead of calling the handler: anything that a handler could throw. */
      readonly error?: Error | FailureLike | undefined;
      readonly response?: undefined;
    }
  | {
      /** Return this response instead of calling the handler. */
      readonly response?: RawResponse | undefined;
      readonly error?: undefined;
    }
);

/**
 * A response that is not made by the protocol. Unless its headers say otherwise, it has the length of its body and a
 * date.
 */
export interface RawResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Cut {
  /** `mid-body`: after half of the body. */
  readonly at: "before-headers" | "after-headers" | "mid-body";
  /** `reset` aborts the connection (TCP RST), `end` closes it regularly, `stall` keeps it open and sends no more. */
  readonly by: "reset" | "end" | "stall";
}

/** Milliseconds for the client to read what was sent before a reset, which discards unread data. */
const readTime = 20;

/** Sends a response, or the part of it before a cut. */
export async function send(
  http: HttpResponse,
  { status, headers, body }: ServerResponse,
  cut: Cut | undefined,
  signal: AbortSignal,
): Promise<void> {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  // A response that is cut in its body must announce one, even if it is empty.
  const length = cut ? Math.max(bytes.byteLength, 1) : bytes.byteLength;
  http.statusCode = status;
  http.setHeader("content-length", length);
  for (const [name, value] of Object.entries(headers)) http.setHeader(name, value);
  if (!cut) {
    http.end(bytes);
    return;
  }
  if (cut.at !== "before-headers") http.flushHeaders();
  if (cut.at === "mid-body") http.write(bytes.subarray(0, Math.floor(bytes.byteLength / 2)));
  if (cut.by === "stall") return;
  if (cut.by === "end") {
    http.socket?.end();
    return;
  }
  if (cut.at !== "before-headers") await sleep(readTime, signal);
  http.socket?.resetAndDestroy();
}
