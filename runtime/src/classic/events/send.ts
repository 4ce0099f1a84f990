import { isClientsmithError } from "../../errors/base.js";
import type { ConnectionError, TimeoutError } from "../../errors/client.js";
import { ReceivedBody } from "../../streams/received-body.js";
import { parseHttpDate } from "../../time/http-date.js";
import { nodeHttp } from "../../transport/node/transport.js";
import { defaultMaxResponseSize } from "../../transport/limits.js";
import { enableStreaming } from "../../transport/streaming/index.js";
import type { HttpResponse } from "../../transport/types.js";
import type { Request } from "../request.js";
import type { RequestContext } from "./exchange.js";
import { sendingError } from "./sending-error.js";
import { byteLength, wireRequest } from "../http-request.js";

/** A signature older than this, in milliseconds, is made anew: services take none that is older than 15 minutes. */
const longestWait = 10 * 60_000;

/** A clock this far off, in milliseconds, is put right. */
const toleratedSkew = 5 * 60_000;

/** Sends the request and tells of its response, as `http…` events and in `httpResponse`. */
export function addSending(exchange: RequestContext): void {
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

function send(exchange: RequestContext, done: (error?: unknown) => void): void {
  const { request } = exchange;
  const { httpRequest, service, signal } = request;
  const sent = wireRequest(httpRequest);
  const { transport, limits } = service.connection;
  const streamed = request.streamsResponse ? { streamed: { signal } } : undefined;
  if (streamed) enableStreaming();
  const coming = transport.send(sent, { ...limits, signal, ...streamed });
  (streamed ? coming.then((received) => withErrorRead(request, received)) : coming).then(
    // Not in the promise: what listeners throw is to reach the process as it is.
    (received) => process.nextTick(tell, exchange, received, done),
    (error: unknown) => process.nextTick(tellFailure, request, error, done),
  );
}

/** Of an answer that is to be streamed: an error is read to its end, since it says what went wrong. */
async function withErrorRead(request: Request, { stream, ...received }: HttpResponse): Promise<HttpResponse> {
  if (!stream || received.status < 300) return { ...received, ...(stream && { stream }) };
  const owner = { operation: request.operation, maxResponseSize: defaultMaxResponseSize, failed: asItIs };
  return { ...received, body: await new ReceivedBody(stream, owner).bytes() };
}

function asItIs(error: unknown): unknown {
  return error;
}

function tell(exchange: RequestContext, received: HttpResponse, done: () => void): void {
  const { request } = exchange;
  const { response } = request;
  const { status, headers, body } = received;
  const content = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  exchange.received = received;
  response.httpResponse.offer(received.stream ?? content);
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
  const failure = sendingError(request, error);
  response.error = failure;
  request.emit("httpError", [failure, response], () => done());
}

function wasSent(error: unknown): boolean {
  if (!isClientsmithError(error)) return false;
  return error.code === "Connection" ? (error as ConnectionError).sent : (error as TimeoutError).phase !== "connect";
}
