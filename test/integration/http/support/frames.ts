import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";

/** Types of the frames of HTTP/2. */
export const type = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goAway: 7, windowUpdate: 8 } as const;

export const code = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  refusedStream: 7,
  cancel: 8,
  enhanceYourCalm: 11,
  http11Required: 13,
} as const;

const flag = { endStream: 1, endHeaders: 4, ack: 1 } as const;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

const int32 = (...values: readonly number[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    }),
  );

export function frame(kind: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = kind;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** One connection of a client, seen from the server. */
export class Peer {
  readonly socket: Socket;
  /** Everything that the client has sent, but for its settings. */
  readonly frames: Frame[] = [];
  /** Whether to acknowledge pings. */
  respondsToPings = true;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  head(stream: number, headers: Readonly<Record<string, string>> = {}, isWhole = false, status = "200"): this {
    const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value, "latin1")]);
    // Literals without an index (RFC 7541, 6.2.2); `:status` is entry 8 of the static table.
    const fields = Object.entries(headers).map(([name, value]) =>
      Buffer.concat([Buffer.from([0]), text(name), text(value)]),
    );
    const block = Buffer.concat([Buffer.from([8]), text(status), ...fields]);
    return this.write(frame(type.headers, flag.endHeaders | (isWhole ? flag.endStream : 0), stream, block));
  }

  data(stream: number, content: string, isLast = false): this {
    return this.write(frame(type.data, isLast ? flag.endStream : 0, stream, Buffer.from(content)));
  }

  reset(stream: number, why: number): this {
    return this.write(frame(type.reset, 0, stream, int32(why)));
  }

  /** @param last the last stream that is processed */
  goAway(last: number, why: number): this {
    return this.write(frame(type.goAway, 0, 0, int32(last, why)));
  }

  write(bytes: Buffer | string): this {
    if (this.socket.writable) this.socket.write(bytes);
    return this;
  }

  /** The frames of a stream. */
  of(stream: number, kind: number): readonly Frame[] {
    return this.frames.filter((each) => each.stream === stream && each.type === kind);
  }
}

export interface FrameServer {
  readonly origin: string;
  readonly host: string;
  readonly peers: readonly Peer[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  /** Requests whose headers have come. */
  readonly requests: number;
}

interface FrameServerOptions {
  /** Max streams at a time that the server announces. */
  readonly maxStreams?: number;
  /** Called instead of sending the settings. */
  readonly begin?: (peer: Peer) => void;
  readonly tls?: TlsOptions;
}

/** A server on loopback that writes the given frames when the headers of a request have come. */
export async function startFrameServer(
  onRequest: (peer: Peer, stream: number, count: number) => void,
  { maxStreams, begin, tls }: FrameServerOptions = {},
): Promise<FrameServer> {
  const open = new Set<Socket>();
  const peers: Peer[] = [];
  let requests = 0;
  const settings = maxStreams === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0, 3]), int32(maxStreams)]);
  const serve = (socket: Socket): void => {
    const peer = new Peer(socket);
    peers.push(peer);
    if (begin) begin(peer);
    else peer.write(frame(type.settings, 0, 0, settings));
    let pending = Buffer.alloc(0);
    let isStarted = false;
    socket.on("data", (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      if (!isStarted && pending.length >= 24) {
        pending = pending.subarray(24);
        isStarted = true;
      }
      if (!isStarted) return;
      while (pending.length >= 9 && pending.length >= 9 + pending.readUIntBE(0, 3)) {
        const end = 9 + pending.readUIntBE(0, 3);
        const [kind = 0, flags = 0] = pending.subarray(3, 5);
        const received = { type: kind, flags, stream: pending.readUInt32BE(5), payload: pending.subarray(9, end) };
        pending = pending.subarray(end);
        if (kind === type.settings && flags === 0) peer.write(frame(type.settings, flag.ack, 0));
        else if (kind === type.ping && flags === 0 && peer.respondsToPings) {
          peer.write(frame(type.ping, flag.ack, 0, received.payload));
        }
        peer.frames.push(received);
        if (kind === type.headers) onRequest(peer, received.stream, ++requests);
      }
    });
  };
  const server = tls ? createTlsServer({ ALPNProtocols: ["h2"], ...tls }, serve) : createServer(serve);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay();
    socket.on("close", () => open.delete(socket));
    // A client that breaks off is what many of these tests are about.
    socket.on("error", () => socket.destroy());
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  });
  const host = `${tls ? "localhost" : "127.0.0.1"}:${port}`;
  return {
    origin: `${tls ? "https" : "http"}://${host}`,
    host,
    peers,
    open,
    get requests() {
      return requests;
    },
  };
}
