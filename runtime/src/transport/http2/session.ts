import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";
import type { Socket } from "node:net";
import { codeOf } from "../error-code.js";
import { keepAliveTimeout } from "../limits.js";
import { type Address, connect, noHttp2 } from "./connect.js";
import { failureOfCode, Http2Failure, refusedStream } from "./codes.js";

/** Bytes that the peer may send ahead for one stream, and for all of a session: a slow reader holds up no other stream. */
const streamWindow = 256 * 1024;
const sessionWindow = 1024 * 1024;

/** What is notified of a session. */
export interface SessionOwner {
  /** It may accept another stream. */
  onRoom(): void;
  /** It accepts no more streams: it was closed, or is to be. */
  onClosing(session: Session): void;
}

/** The failure of a stream, and whether its connection was most likely closed before the peer had received the request. */
export interface StreamFailure {
  readonly error: Error;
  readonly pooled: boolean;
}

/** A connection with its streams. It keeps the process alive while it has any; without one, it is closed after a while. */
export class Session {
  readonly #session: ClientHttp2Session;
  readonly #socket: Socket;
  readonly #owner: SessionOwner;
  readonly #pingInterval: number;
  #streams = 0;
  #hasServed = false;
  /** The last stream that the peer processes, once it has announced to close the connection. */
  #lastStream = Infinity;
  #pings: ReturnType<typeof setInterval> | undefined;
  /** Bytes received when the last ping interval ended. */
  #receivedBefore = 0;
  #isPinging = false;

  constructor(session: ClientHttp2Session, socket: Socket, pingInterval: number, owner: SessionOwner) {
    this.#session = session;
    this.#socket = socket;
    this.#pingInterval = pingInterval;
    this.#owner = owner;
    session
      .on("remoteSettings", () => owner.onRoom())
      .on("goaway", (_code, lastStream) => {
        this.#lastStream = lastStream;
        owner.onClosing(this);
      })
      // The streams have the error, too.
      .on("error", () => owner.onClosing(this))
      .on("close", () => {
        this.#stopPings();
        owner.onClosing(this);
      });
    this.#rest();
  }

  /** Whether it accepts another stream now. */
  get hasRoom(): boolean {
    const { closed, destroyed, remoteSettings } = this.#session;
    return !closed && !destroyed && this.#streams < (remoteSettings.maxConcurrentStreams ?? Infinity);
  }

  /** Bytes received so far, of all streams. */
  get received(): number {
    return this.#socket.bytesRead;
  }

  /** Whether it had streams before. */
  get hasServed(): boolean {
    return this.#hasServed;
  }

  request(headers: OutgoingHttpHeaders, endStream: boolean, signal: AbortSignal): ClientHttp2Stream {
    const stream = this.#session.request(headers, { endStream, signal });
    if (this.#streams === 0) this.#work();
    this.#streams++;
    return stream.once("close", () => {
      this.#streams--;
      this.#hasServed = true;
      if (this.#streams === 0) this.#rest();
      this.#owner.onRoom();
    });
  }

  /** Closes the connection, which has no more streams. */
  close(): void {
    this.#session.destroy();
  }

  /**
   * Why a stream has ended before its response.
   *
   * @param error what Node reports; it reports nothing for some resets and for a connection that was closed
   * @param wasIdle whether the session had served before, and received nothing since the stream was opened
   */
  failureOf(stream: ClientHttp2Stream, error: Error | undefined, wasIdle: boolean): StreamFailure {
    if ((stream.id ?? 0) > this.#lastStream) {
      return { error: failureOfCode(refusedStream, "the peer closes the connection"), pooled: true };
    }
    const code = codeOf(error);
    if (code === "ERR_HTTP2_SESSION_ERROR") {
      return { error: failureOfCode(stream.rstCode, "the peer closed the connection"), pooled: false };
    }
    if (error && code !== "ERR_HTTP2_STREAM_ERROR") return { error, pooled: wasIdle };
    if (this.#session.destroyed) {
      return { error: new Http2Failure("ECONNRESET", "the peer closed the connection"), pooled: wasIdle };
    }
    return { error: failureOfCode(stream.rstCode, "the peer reset the stream"), pooled: false };
  }

  #work(): void {
    this.#session.ref();
    this.#session.setTimeout(0, this.#onIdle);
    if (this.#pingInterval === 0) return;
    this.#receivedBefore = this.received;
    this.#pings = setInterval(() => this.#checkPeer(), this.#pingInterval);
    (this.#pings as Partial<NodeJS.Timeout>).unref?.();
  }

  #rest(): void {
    this.#stopPings();
    if (this.#session.destroyed) return;
    this.#session.unref();
    this.#session.setTimeout(keepAliveTimeout, this.#onIdle);
  }

  readonly #onIdle = (): void => this.#session.close();

  /** A connection whose peer has disappeared looks like one without traffic. */
  #checkPeer(): void {
    const { received } = this;
    if (received !== this.#receivedBefore) this.#isPinging = false;
    else if (this.#isPinging) {
      this.#session.destroy(new Http2Failure("CLIENTSMITH_NO_PING", "the peer did not respond to a ping"));
      return;
    } else this.#isPinging = this.#session.ping(() => {});
    this.#receivedBefore = received;
  }

  #stopPings(): void {
    clearInterval(this.#pings);
    this.#isPinging = false;
  }
}

export type SessionOpened = (error: Error | undefined, session: Session | undefined) => void;

/**
 * Opens a session, and waits for the settings of the peer: only then is it certain that the peer speaks HTTP/2, and how many
 * streams it accepts.
 *
 * @returns a function that cancels it
 */
export function openSession(
  address: Address,
  pingInterval: number,
  owner: SessionOwner,
  opened: SessionOpened,
): () => void {
  let session: ClientHttp2Session | undefined;
  let isCancelled = false;
  const cancelConnecting = connect(address, (error, socket) => {
    if (!socket) return opened(error, undefined);
    let failure: Error | undefined;
    const started = nodeHttp2().connect(address.url, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: streamWindow },
    });
    session = started
      .on("error", (reason) => (failure = reason))
      .once("connect", () => started.setLocalWindowSize(sessionWindow))
      .once("close", onClose)
      .once("remoteSettings", () => {
        started.off("close", onClose);
        opened(undefined, new Session(started, socket, pingInterval, owner));
      });
    function onClose(): void {
      if (!isCancelled) opened(failureToStart(failure), undefined);
    }
  });
  return () => {
    isCancelled = true;
    cancelConnecting();
    session?.destroy();
  };
}

/** A server that speaks HTTP/1.1 responds to a request that it does not understand, or closes the connection. */
function failureToStart(error: Error | undefined): Error {
  return error && codeOf(error) !== "ERR_HTTP2_ERROR" ? error : noHttp2(error);
}

const nodeHttp2 = (): typeof import("node:http2") => process.getBuiltinModule("node:http2");
