import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { codeOf } from "../error-code.js";
import { hostNameOf } from "../host-name.js";
import { nodeHttp, nodeHttps } from "../node/transport.js";
import { proxyAuthorization } from "../proxy.js";
import { Http2Failure } from "./codes.js";

/** Where a connection leads, and how. */
export interface Address {
  readonly url: URL;
  /** The proxy that opens a tunnel; undefined for a direct connection. */
  readonly proxy: URL | undefined;
  /** Options of `tls.connect`. */
  readonly tls: ConnectionOptions | undefined;
}

/** Receives the connection, or the error; nothing once it was cancelled. */
export type Connected = (error: Error | undefined, socket: Socket | undefined) => void;

/**
 * Opens a connection over which HTTP/2 is spoken: with TLS, it is negotiated (ALPN); without, it is assumed.
 *
 * @returns a function that cancels it
 */
export function connect(address: Address, connected: Connected): () => void {
  let isOver = false;
  let opening: { destroy(): unknown } | undefined;
  const over: Connected = (error, socket) => {
    if (isOver) return void socket?.destroy();
    isOver = true;
    connected(error, socket);
  };
  const open = (tunnel: Socket | undefined): void => {
    const isSecure = address.url.protocol === "https:";
    try {
      opening = isSecure ? connectTls(address, tunnel, over) : connectTcp(address, tunnel, over);
    } catch (error) {
      // Of invalid options, such as an invalid certificate. The caller does not have the function that cancels it yet.
      process.nextTick(over, error as Error, undefined);
    }
  };
  if (address.proxy) {
    opening = openTunnel(address.url, address.proxy, (error, tunnel) => {
      if (isOver) return void tunnel?.destroy();
      if (error) over(error, undefined);
      else open(tunnel);
    });
  } else open(undefined);
  return () => {
    isOver = true;
    opening?.destroy();
  };
}

function connectTcp({ url }: Address, tunnel: Socket | undefined, connected: Connected): Socket {
  if (tunnel) {
    connected(undefined, tunnel);
    return tunnel;
  }
  const socket = nodeNet().connect({ host: hostNameOf(url), port: Number(url.port || 80) });
  return socket.on("error", (error) => connected(error, undefined)).once("connect", () => connected(undefined, socket));
}

function connectTls({ url, tls }: Address, tunnel: Socket | undefined, connected: Connected): Socket {
  const host = hostNameOf(url);
  const socket = nodeTls().connect({
    ...(tunnel ? { socket: tunnel } : { port: Number(url.port || 443) }),
    host,
    // An address is no server name.
    ...(nodeNet().isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ["h2"],
    ...tls,
  });
  return socket
    .on("error", (error) => connected(withoutHttp2(error), undefined))
    .once("secureConnect", () => {
      if (socket.alpnProtocol === "h2") return connected(undefined, socket);
      socket.destroy();
      connected(noHttp2(), undefined);
    });
}

/** A server with other protocols in its list rejects the connection. */
function withoutHttp2(error: Error): Error {
  return codeOf(error) === "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL" ? noHttp2(error) : error;
}

export function noHttp2(cause?: unknown): Http2Failure {
  return new Http2Failure("CLIENTSMITH_NO_HTTP2", "the server does not speak HTTP/2", cause);
}

/** Asks a proxy for a tunnel (`CONNECT`). */
function openTunnel({ protocol, hostname, port }: URL, proxy: URL, opened: Connected): ClientRequest {
  const authority = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  const authorization = proxyAuthorization(proxy);
  const { request } = proxy.protocol === "https:" ? nodeHttps() : nodeHttp();
  return request({
    host: hostNameOf(proxy),
    port: proxy.port || undefined,
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...(authorization !== undefined && { "proxy-authorization": authorization }) },
    agent: false,
  })
    .on("error", (error) => opened(error, undefined))
    .once("connect", ({ statusCode }, socket: Socket, start) => {
      // A server without TLS may send its settings first.
      if (start.length > 0) socket.unshift(start);
      if (statusCode === 200) return opened(undefined, socket);
      socket.destroy();
      opened(noTunnel(statusCode), undefined);
    })
    .end();
}

/** The message text is that of undici. */
function noTunnel(status: number | undefined): Error {
  return new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`);
}

const nodeNet = (): typeof import("node:net") => process.getBuiltinModule("node:net");
const nodeTls = (): typeof import("node:tls") => process.getBuiltinModule("node:tls");
