/**
 * The body of an answer that is handed over as it comes. It can be read once, in one of these ways; as long as it is neither
 * read to its end nor cancelled, its connection serves no other call. A failure on the way (a connection that breaks, nothing
 * that came for `bodyTimeout`, the call's `signal`) is the error that reading it ends with.
 */
export interface StreamingBody extends AsyncIterable<Uint8Array> {
  /** All of it. One of more bytes than the client's `maxResponseSize` is an error. */
  bytes(): Promise<Uint8Array>;
  /** All of it, as text in UTF-8, within the same limit. */
  text(): Promise<string>;
  /** As a stream of the web, for what takes one: `new Response(body.stream())`. */
  stream(): ReadableStream<Uint8Array>;
  /** Gives up what was not read, and the connection with it. */
  cancel(): void;
}
