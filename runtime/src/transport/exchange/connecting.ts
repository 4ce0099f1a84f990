import { isAnyObject } from "../../text/any-object.js";
import { systemCode } from "../../errors/system-codes.js";
import { codeOf, messageOf } from "../error-code.js";
import type { ExchangeFailure } from "./phases.js";

/** The cause of a failure: its code, and what it means, for a message. */
export interface Cause {
  readonly code: string | undefined;
  readonly meaning: string;
}

/** The transport's own limit for opening a connection, in milliseconds, if the failure is that it has passed. */
export function connectLimit({ connectTimeout }: ExchangeFailure, cause: unknown): number | undefined {
  return connectTimeout !== undefined && codeOf(cause) === "UND_ERR_CONNECT_TIMEOUT" ? connectTimeout : undefined;
}

/** Why a request got no connection in time. */
export function whyUnconnected(failure: ExchangeFailure): string {
  const { exhausted } = failure;
  if (exhausted === undefined) return `no connection could be opened${overProxy(failure)}`;
  const which = exhausted === 1 ? "the only connection allowed is" : `all ${exhausted} connections are`;
  return `${which} in use (option maxConnections)`;
}

export function causeOf({ phase }: ExchangeFailure, cause: unknown): Cause {
  const message = messageOf(cause);
  const rejection = phase === "connect" ? /^Proxy response \((\d+)\)/.exec(message)?.[1] : undefined;
  const code = rejection === "407" ? "CLIENTSMITH_PROXY_AUTHENTICATION" : codeOf(cause);
  if (rejection && rejection !== "407") {
    return { code, meaning: `the proxy opened no tunnel, but responded with status ${rejection}` };
  }
  // `node:http` uses the code of a reset also for a connection that the peer closed. Only a reset comes from a system
  // call.
  if (code === "ECONNRESET" && !isFromSystemCall(cause)) return { code, meaning: "the peer closed the connection" };
  const known = code === undefined ? undefined : systemCode(code)?.meaning;
  return { code, meaning: known ?? message.replace(/^Parse Error: /, "the response is not valid HTTP/1.1: ") };
}

function isFromSystemCall(error: unknown): boolean {
  return isAnyObject(error) && "syscall" in error && error.syscall !== undefined;
}

/** Names the proxy if connecting failed over one. */
export function overProxy({ proxy }: ExchangeFailure): string {
  return proxy === undefined ? "" : ` (over the proxy ${proxy})`;
}
