import { Readable } from "node:stream";
import type { ResponseStream } from "../schema/http.js";

/** The HTTP response. */
export class HttpResponse {
  /** Undefined where there was no response. */
  statusCode: number | undefined;
  /** The reason phrase. */
  statusMessage: string | undefined;
  /** By lower-case name. */
  headers: Record<string, string> = {};
  body: Buffer | undefined;
  /** True where the body is read by the caller, over {@link stream}. */
  streaming = false;
  stream: Readable | null = null;
  #content: Buffer | ResponseStream | undefined;

  /** Returns the body as a stream, which {@link body} then does not hold. To be called in an `httpHeaders` listener. */
  createUnbufferedStream(): Readable | null {
    this.streaming = true;
    const content = this.#content;
    if (content) {
      const parts = Buffer.isBuffer(content) ? (content.byteLength > 0 ? [content] : []) : content;
      this.stream ??= Readable.from(parts, { objectMode: false });
    }
    return this.stream;
  }

  /** Clears the response of the last attempt. */
  reset(): void {
    this.statusCode = undefined;
    this.statusMessage = undefined;
    this.headers = {};
    this.body = undefined;
    this.streaming = false;
    this.stream = null;
    this.#content = undefined;
  }

  /** Sets the content that {@link createUnbufferedStream} returns. */
  offer(content: Buffer | ResponseStream): void {
    this.#content = content;
  }
}
