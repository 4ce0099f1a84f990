import type { ClientHttp2Stream } from "node:http2";
import { maxTimer } from "../../signals/abort.js";
import type { TransportOptions } from "../../schema/http.js";
import { Exchange } from "../exchange/exchange.js";
import type { StreamedRequest } from "../exchange/streamed-request.js";
import { requestHeaders, responseHeaders } from "./headers.js";
import type { Session } from "./session.js";
import type { Sessions, SessionUser } from "./sessions.js";

/** One request and its response over a stream of a session. */
export class Http2Exchange extends Exchange implements SessionUser {
  #sessions: Sessions | undefined;
  #session: Session | undefined;
  #stream: ClientHttp2Stream | undefined;
  readonly #reset = new AbortController();
  #requestHeaders: Readonly<Record<string, string>> = {};
  #headers: Readonly<Record<string, string>> = {};
  /** Bytes received over the session before, of all streams; undefined if this is its first stream. */
  #receivedBefore: number | undefined;
  /** The peer has ended the response; a stream that is reset ends, too. */
  #isComplete = false;
  readonly #options: TransportOptions;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(...given: ConstructorParameters<typeof Exchange>) {
    super(...given);
    this.#options = given[1];
  }

  start(sessions: Sessions): void {
    this.begin();
    try {
      this.#requestHeaders = requestHeaders(this.request);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#sessions = sessions;
    sessions.take(this);
  }

  onSession(session: Session): void {
    const { body } = this.request;
    this.#session = session;
    this.#receivedBefore = session.hasServed ? session.received : undefined;
    const endStream = !this.streamedRequest && (body === undefined || body.length === 0);
    let stream: ClientHttp2Stream;
    try {
      stream = session.request(this.#requestHeaders, endStream, this.#reset.signal);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#stream = stream;
    this.#watchEnd(stream);
    stream
      .on("response", (...[, , pairs]: Response) => this.#onResponse(pairs))
      .on("data", (chunk: Uint8Array) => this.receive(chunk))
      .on("end", () => this.#onEnd(stream))
      .on("error", (error) => this.#failWith(stream, error))
      .on("close", () => this.#onClose(stream));
    this.connected();
    if (this.streamedRequest) this.#sendMore(stream, this.streamedRequest);
    else if (!endStream) stream.end(body);
  }

  onNoSession(error: Error): void {
    this.fail(error);
  }

  /** Node ends a response that is reset like one that is whole, but closes its stream before. */
  #watchEnd(stream: ClientHttp2Stream): void {
    const push = stream.push.bind(stream);
    stream.push = (chunk, encoding) => {
      if (chunk === null && !stream.closed) this.#isComplete = true;
      return push(chunk, encoding);
    };
  }

  #onResponse(pairs: readonly string[]): void {
    if (this.isSettled) return;
    this.#headers = responseHeaders(pairs);
    this.responded(Number(pairs[pairs.indexOf(":status") + 1]));
    if (this.isStreamed) this.streams?.returnStreaming(this.#headers);
  }

  #onEnd(stream: ClientHttp2Stream): void {
    if (this.isSettled) return;
    if (this.#isComplete) this.complete(this.#headers);
    else this.#failWith(stream, undefined);
  }

  #onClose(stream: ClientHttp2Stream): void {
    clearTimeout(this.#sendTimer);
    this.#failWith(stream, undefined);
  }

  #failWith(stream: ClientHttp2Stream, reported: Error | undefined): void {
    if (this.isSettled || !this.#session) return;
    const wasIdle = this.#session.received === this.#receivedBefore;
    const { error, pooled } = this.#session.failureOf(stream, reported, wasIdle);
    this.fail(error, pooled);
  }

  #sendMore(stream: ClientHttp2Stream, body: StreamedRequest): void {
    body.next().then(
      ({ done, value }) => {
        if (done) stream.end();
        else if (stream.write(value)) this.#sendMore(stream, body);
        else this.#waitToSend(stream, body);
      },
      // Aborted: the exchange is over and has its error.
      () => {},
    );
  }

  #waitToSend(stream: ClientHttp2Stream, body: StreamedRequest): void {
    const limit = Math.min(this.#options.sendTimeout ?? 0, maxTimer);
    if (limit > 0) this.#sendTimer = setTimeout(() => this.expire(limit), limit);
    stream.once("drain", () => {
      clearTimeout(this.#sendTimer);
      this.#sendMore(stream, body);
    });
  }

  /**
   * Resets the stream. Not with its `close`, which first ends the request properly, so that the peer takes a part of it for
   * the whole.
   */
  protected override cancel(): void {
    this.#sessions?.leave(this);
    this.#reset.abort();
  }

  override pause(): void {
    this.#stream?.pause();
  }

  override resume(): void {
    this.#stream?.resume();
  }
}

/** The types of Node do not have the third argument: pairs of names and values, one after the other. */
type Response = readonly [headers: object, flags: number, pairs: readonly string[]];
