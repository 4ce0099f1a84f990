import { Readable } from "node:stream";
import type { ResponseStream } from "../transport/types.js";

/** The HTTP response as it came. */
export class HttpResponse {
  /** Undefined where none came. */
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

  /** Takes the body over: it is then not gathered in {@link body}. To be called in an `httpHeaders` listener. */
  createUnbufferedStream(): Readable | null {
    this.streaming = true;
    const content = this.#content;
    if (content) {
      const parts = Buffer.isBuffer(content) ? (content.byteLength > 0 ? [content] : []) : content;
      this.stream ??= Readable.from(parts, { objectMode: false });
    }
    return this.stream;
  }

  /** Forgets the last attempt's response. */
  reset(): void {
    this.statusCode = undefined;
    this.statusMessage = undefined;
    this.headers = {};
    this.body = undefined;
    this.streaming = false;
    this.stream = null;
    this.#content = undefined;
  }

  /** What came, for whoever takes the body over. */
  offer(content: Buffer | ResponseStream): void {
    this.#content = content;
  }
}
