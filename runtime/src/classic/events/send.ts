import { nextTick } from "../../time/real-ticks.js";
import { isClientsmithError } from "../../errors/base.js";
import type { ConnectionError, TimeoutError } from "../../errors/client.js";
import type { CallContext } from "../../features/context.js";
import { ReceivedBody } from "../../streams/received-body.js";
import { parseHttpDate } from "../../time/http-date.js";
import { nodeHttp } from "../../transport/node/transport.js";
import { defaultMaxResponseSize } from "../../transport/limits.js";
import { enableStreaming } from "../../transport/streaming/index.js";
import type { HttpResponse, TransportOptions } from "../../schema/http.js";
import type { Request } from "../request.js";
import type { ClassicCall } from "./classic-call.js";
import { byteLength, wireRequest } from "../http-request.js";
import type { Done } from "./emitter.js";
import { sendingError, streamError } from "./sending-error.js";
import { settle } from "./settle.js";

/** A signature older than this, in milliseconds, is replaced: services accept none that is older than 15 minutes. */
const maxWait = 10 * 60_000;

/** A clock this far off, in milliseconds, is corrected. */
const toleratedSkew = 5 * 60_000;

/** Sends the request and reports its response, as `http…` events and in `httpResponse`. */
export function addSending(context: ClassicCall): void {
  const { request } = context;
  const { service, response } = request;

  request.onAsync("send", (_response, done) => {
    response.error = null;
    response.data = null;
    response.httpResponse.reset();
    context.received = undefined;
    const { signedAt } = context.state;
    const isStale = signedAt > 0 && service.getSkewCorrectedDate().getTime() - signedAt >= maxWait;
    if (!isStale) return send(context, done);
    request.emit("sign", [request], (error) => (error || response.error ? done(error) : send(context, done)));
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

function send(context: ClassicCall, done: Done): void {
  const { request } = context;
  const { httpRequest, service, signal } = request;
  const sent = wireRequest(httpRequest);
  const { transport, limits } = service.connection;
  const streamed = request.streamsResponse ? { streamed: { signal } } : undefined;
  if (streamed) enableStreaming();
  let options: TransportOptions = { ...limits, signal, ...streamed };
  const { features, target } = context;
  const isHooked = features.some((feature) => feature.transport || feature.response);
  const attempt = isHooked && target ? context.attempt(target) : undefined;
  if (attempt) for (const feature of features) options = feature.transport?.(options, attempt, sent) ?? options;
  // AWS SDK v2 has one limit of silence, between events too.
  const { bodyTimeout } = limits;
  transport
    .send(sent, { ...options, bodyTimeout })
    .then((received) => (options.streamed ? withErrorRead(request, received) : received))
    .then(
      // Not in the promise: what listeners throw must reach the process.
      (received) =>
        nextTick(() => {
          report(context, received);
          const isRaw = request.response.httpResponse.streaming;
          settle(
            () => (attempt && !isRaw ? withFeatures(context, received, attempt) : received),
            take(context),
            (error) => done(error && streamError(request, error)),
          );
        }),
      (error: unknown) => nextTick(reportFailure, request, error, done),
    );
}

/** The response as the features leave it. */
function withFeatures(
  { features }: ClassicCall,
  received: HttpResponse,
  attempt: CallContext,
): HttpResponse | Promise<HttpResponse> {
  const hooks = features.flatMap((feature) => (feature.response ? [feature] : []));
  if (hooks.length === 0) return received;
  return hooks.reduce<Promise<HttpResponse>>(
    async (response, feature) => (await feature.response?.(await response, attempt)) ?? response,
    Promise.resolve(received),
  );
}

function take(context: ClassicCall): (received: HttpResponse) => void {
  return (received) => {
    context.received = received;
  };
}

/** An error response is read to its end, also if the response would be streamed: its body describes the error. */
async function withErrorRead(request: Request, { stream, ...received }: HttpResponse): Promise<HttpResponse> {
  if (!stream || received.status < 300) return { ...received, ...(stream && { stream }) };
  const owner = { operation: request.operation, maxResponseSize: defaultMaxResponseSize, failed: asItIs };
  return { ...received, body: await new ReceivedBody(stream, owner).bytes() };
}

function asItIs(error: unknown): unknown {
  return error;
}

function report({ request }: ClassicCall, received: HttpResponse): void {
  const { response } = request;
  const { status, headers, body } = received;
  const content = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  response.httpResponse.offer(received.stream ?? content);
  reportUpload(request);
  request.emit("httpHeaders", [status, headers, response, nodeHttp().STATUS_CODES[status] ?? ""]);
  if (!response.httpResponse.streaming && content.byteLength > 0) request.emit("httpData", [content, response]);
  request.emit("httpDone");
}

function reportUpload(request: Request): void {
  const length = byteLength(request.httpRequest.body);
  if (length > 0) request.emit("httpUploadProgress", [{ loaded: length, total: length }, request.response]);
}

function reportFailure(request: Request, error: unknown, done: () => void): void {
  const { response } = request;
  if (wasSent(error)) reportUpload(request);
  const failure = sendingError(request, error);
  response.error = failure;
  request.emit("httpError", [failure, response], () => done());
}

function wasSent(error: unknown): boolean {
  if (!isClientsmithError(error)) return false;
  return error.code === "Connection" ? (error as ConnectionError).sent : (error as TimeoutError).phase !== "connect";
}
