import { isClientsmithError } from "../../errors/base.js";
import type { ConnectionError } from "../../errors/answer.js";
import type { TimeoutError } from "../../errors/limits.js";
import { parseHttpDate } from "../../time/httpDate.js";
import { nodeHttp } from "../../transport/builtins.js";
import type { HttpResponse } from "../../transport/types.js";
import { abortedError, awsError } from "../aws-error.js";
import type { Request } from "../request.js";
import type { AWSError } from "../types.js";
import type { Exchange } from "./exchange.js";
import { byteLength, wireRequest } from "./wire.js";

/** A signature older than this, in milliseconds, is made anew: services take none that is older than 15 minutes. */
const longestWait = 10 * 60_000;

/** A clock this far off, in milliseconds, is put right. */
const toleratedSkew = 5 * 60_000;

/** Sends the request and tells of its response, as `http…` events and in `httpResponse`. */
export function addSending(exchange: Exchange): void {
  const { request } = exchange;
  const { service, response } = request;

  request.onAsync("send", (_response, done) => {
    response.error = null;
    response.data = null;
    response.httpResponse.reset();
    exchange.received = undefined;
    const isStale =
      exchange.signedAt !== undefined && service.getSkewCorrectedDate().getTime() - exchange.signedAt >= longestWait;
    if (!isStale) return send(exchange, done);
    request.emit("sign", [request], (error) => (error || response.error ? done(error) : send(exchange, done)));
  });

  request.on("httpHeaders", (statusCode, headers, _response, statusMessage) => {
    const { httpResponse } = response;
    httpResponse.statusCode = statusCode;
    httpResponse.statusMessage = statusMessage;
    httpResponse.headers = headers;
    httpResponse.body = Buffer.alloc(0);
    const serverTime = parseHttpDate(headers["date"] ?? "");
    if (!service.config.correctClockSkew || serverTime === undefined) return;
    const skew = Math.abs(service.getSkewCorrectedDate().getTime() - serverTime);
    if (skew >= toleratedSkew) service.config.systemClockOffset = serverTime - Date.now();
  });

  request.on("httpData", (chunk) => {
    const { httpResponse } = response;
    const { "content-length": length } = httpResponse.headers;
    const body = Buffer.concat([httpResponse.body ?? Buffer.alloc(0), chunk]);
    const total = length === undefined ? undefined : Number(length);
    request.emit("httpDownloadProgress", [{ loaded: body.byteLength, total }, response]);
    httpResponse.body = body;
  });
}

function send(exchange: Exchange, done: (error?: unknown) => void): void {
  const { request } = exchange;
  const { httpRequest, service, signal } = request;
  const sent = wireRequest(httpRequest);
  const { transport, limits } = service.connection;
  transport.send(sent, { ...limits, signal }).then(
    // Not in the promise: what listeners throw is to reach the process as it is.
    (received) => process.nextTick(tell, exchange, received, done),
    (error: unknown) => process.nextTick(tellFailure, request, error, done),
  );
}

function tell(exchange: Exchange, received: HttpResponse, done: () => void): void {
  const { request } = exchange;
  const { response } = request;
  const { status, headers, body } = received;
  const content = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  exchange.received = received;
  response.httpResponse.offer(content);
  tellUpload(request);
  request.emit("httpHeaders", [status, headers, response, nodeHttp().STATUS_CODES[status] ?? ""]);
  if (!response.httpResponse.streaming && content.byteLength > 0) request.emit("httpData", [content, response]);
  request.emit("httpDone");
  done();
}

function tellUpload(request: Request): void {
  const length = byteLength(request.httpRequest.body);
  if (length > 0) request.emit("httpUploadProgress", [{ loaded: length, total: length }, request.response]);
}

function tellFailure(request: Request, error: unknown, done: () => void): void {
  const { response } = request;
  if (wasSent(error)) tellUpload(request);
  const failure = request.signal.aborted ? abortedError() : sendingError(request, error);
  response.error = failure;
  request.emit("httpError", [failure, response], () => done());
}

function wasSent(error: unknown): boolean {
  if (!isClientsmithError(error)) return false;
  return error.code === "Connection" ? (error as ConnectionError).sent : (error as TimeoutError).phase !== "connect";
}

/** What the other side does to a connection, which the original calls a timeout. */
const brokenConnection = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET"]);

/** The original's error for what kept a response from coming, with the real cause. */
function sendingError({ httpRequest: { region, endpoint } }: Request, error: unknown): AWSError {
  const { hostname, port } = endpoint;
  const fields = { retryable: true, hostname, ...(region !== undefined && { region }) };
  const failure = error instanceof Error ? error : new Error(String(error));
  if (!isClientsmithError(failure)) return awsError(failure, { ...fields, code: "NetworkingError" });
  if (failure.code === "Timeout") {
    const { phase, limit } = failure as TimeoutError;
    const message =
      phase === "connect"
        ? "Socket timed out without establishing a connection"
        : `Connection timed out after ${limit}ms`;
    return awsError(failed(failure), { ...fields, code: "TimeoutError", message });
  }
  const { systemCode = "", cause } = failure as ConnectionError;
  if (systemCode === "ENOTFOUND") {
    const message = `Inaccessible host: \`${hostname}' at port \`${port}'. This service may not be available in the \`${region}' region.`;
    return awsError(failed(failure), { ...fields, code: "UnknownEndpoint", message });
  }
  const code = brokenConnection.has(systemCode) ? "TimeoutError" : "NetworkingError";
  // undici has words of its own for what Node calls a hung up socket.
  const said = systemCode === "UND_ERR_SOCKET" ? "socket hang up" : (cause as Error | undefined)?.message;
  const message = said || failure.message;
  return awsError(failed(failure), { ...fields, code, message });
}

/** An error to be, with what it comes from. */
function failed(cause: Error): Error {
  return Object.assign(new Error(), { originalError: cause });
}
