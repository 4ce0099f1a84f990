import type { UnderWay } from "./under-way.js";

/** What an exchange wants of the transport that it belongs to. */
export interface ExchangeOwner {
  /** Milliseconds after which the transport gives up opening a connection; undefined where another decides. */
  readonly connectTimeout: number | undefined;
  /** Bytes that the body of a response may have. */
  readonly maxResponseSize: number;
  /** The proxy that requests go over, or true where the environment says which one; nothing where there is none. */
  readonly proxy?: string | boolean;
  /** How many connections to the origin are in use, should these be all that there may be. */
  exhausted(origin: string): number | undefined;
  readonly underWay: UnderWay;
  /** Loaded before an exchange with a streamed body begins. */
  readonly streaming: typeof import("./streaming.js") | undefined;
}
