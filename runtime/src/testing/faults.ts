import type { FailureLike } from "./rejection.js";

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
 * A response that is not made by the protocol. Unless its headers state otherwise, it has the length of its body and a
 * date.
 */
export interface RawResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Cut {
  /** `mid-body`: after half of the body; of a streaming body, after its first chunk. */
  readonly at: "before-headers" | "after-headers" | "mid-body";
  /** `reset` aborts the connection (TCP RST), `end` closes it regularly, `stall` keeps it open and sends no more. */
  readonly by: "reset" | "end" | "stall";
}
