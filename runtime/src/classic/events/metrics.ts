import type { Request } from "../request.js";
import type { Service } from "../service.js";
import type { AWSError } from "../types.js";
import { createSocket } from "node:dgram";
import type { ServiceConfig } from "../config/config.js";

/** An event about an attempt or a request: the fields of AWS client-side monitoring. */
export type MetricsEvent = Readonly<Record<string, unknown>>;

/**
 * Emits `apiCallAttempt` and `apiCall` for each attempt and for the whole request, on the service object and on the prototypes
 * of its classes.
 */
export function addMetrics(request: Request): void {
  const { service, response } = request;
  const emitters = withListeners(service);
  if (emitters.length === 0) return;
  let calledAt = 0;
  let callStartedAt = 0;
  let attemptedAt = 0;
  let attemptStartedAt = 0;
  let latency: number | undefined;
  let attempts = 0;

  request.on("validate", () => {
    calledAt = Date.now();
    callStartedAt = performance.now();
  });
  request.on(
    "sign",
    () => {
      attemptedAt = Date.now();
      attemptStartedAt = performance.now();
      latency = undefined;
      attempts++;
    },
    true,
  );
  request.on("validateResponse", () => {
    latency = Math.round(performance.now() - attemptStartedAt);
  });
  const emitAttempt = (): void => {
    if (attempts === 0) return;
    const AttemptLatency = latency ?? Math.round(performance.now() - attemptStartedAt);
    const { region: Region } = request.httpRequest;
    const event = { ...attemptFacts(request), Timestamp: attemptedAt, AttemptLatency, Region };
    for (const each of emitters) each.emit("apiCallAttempt", [event]);
  };
  request.on("success", emitAttempt);
  request.on("retry", emitAttempt);
  request.on("complete", () => {
    if (attempts === 0) return;
    const { error, retryCount, maxRetries } = response;
    const MaxRetriesExceeded = error?.retryable && retryCount >= maxRetries ? 1 : 0;
    const Latency = Math.round(performance.now() - callStartedAt);
    const { region: Region } = request.httpRequest;
    const facts = { ...factsOf(request, "ApiCall"), ...outcomeOf(request, "Final") };
    const event = { ...facts, Region, MaxRetriesExceeded, AttemptCount: attempts, Timestamp: calledAt, Latency };
    for (const each of emitters) each.emit("apiCall", [event]);
  });
}

/** The service object and the prototypes that have listeners, the most general first. */
function withListeners(service: Service): Service[] {
  const emitters: Service[] = [];
  for (let each = service; "listeners" in each; each = Object.getPrototypeOf(each) as Service) {
    if (each.listeners("apiCall").length + each.listeners("apiCallAttempt").length > 0) emitters.unshift(each);
  }
  return emitters;
}

function factsOf({ definition, operation, service, httpRequest }: Request, type: string): MetricsEvent {
  const { sdkId } = service.definition.model.service;
  const UserAgent = httpRequest.getUserAgent();
  return { Type: type, Api: definition?.name ?? operation, Version: 1, Service: sdkId, UserAgent };
}

function attemptFacts(request: Request): MetricsEvent {
  const { httpRequest, response } = request;
  const { statusCode, headers } = response.httpResponse;
  const { "x-amzn-requestid": amzn, "x-amz-request-id": amz, "x-amz-id-2": id2 } = headers;
  return {
    ...factsOf(request, "ApiCallAttempt"),
    Fqdn: httpRequest.endpoint.hostname,
    ...(statusCode && { HttpStatusCode: statusCode }),
    ...(amzn && { XAmznRequestId: amzn }),
    ...(amz && { XAmzRequestId: amz }),
    ...(id2 && { XAmzId2: id2 }),
    ...outcomeOf(request, ""),
  };
}

/** The error, if there is one: of the service, or of the client. */
function outcomeOf({ response: { error, httpResponse } }: Request, prefix: "" | "Final"): MetricsEvent {
  const { statusCode = 0 } = httpResponse;
  const status = prefix && statusCode > 0 ? { FinalHttpStatusCode: statusCode } : {};
  if (!error) return status;
  const { code, name, message } = error as AWSError;
  const side = statusCode > 299 ? "Aws" : "Sdk";
  return { ...status, [`${prefix}${side}Exception`]: code || name, [`${prefix}${side}ExceptionMessage`]: message };
}

/** Max size of a datagram, in bytes; a larger event is not sent. */
const largest = 8 * 1024;

/** Max length of texts, by the end of their names. */
const limits: readonly (readonly [end: RegExp, characters: number])[] = [
  [/UserAgent$/, 256],
  [/ExceptionMessage$/, 512],
  [/Exception$/, 128],
];

/**
 * Sends the events of a service object to an agent of AWS's client-side monitoring where the configuration or
 * `AWS_CSM_ENABLED` is set: as JSON, over UDP, to `AWS_CSM_HOST` and `AWS_CSM_PORT`.
 */
export function addPublishing(service: Service): void {
  if (!isWanted(service.config)) return;
  service.on("apiCall", publish).on("apiCallAttempt", publish);
}

function isWanted({ clientSideMonitoring }: ServiceConfig): boolean {
  const set = process.env["AWS_CSM_ENABLED"];
  return clientSideMonitoring || (set !== undefined && !/^(false|0)?$/i.test(set));
}

function publish(event: MetricsEvent): void {
  const { AWS_CSM_HOST: host = "127.0.0.1", AWS_CSM_PORT: port = "31000", AWS_CSM_CLIENT_ID: id = "" } = process.env;
  const message = Buffer.from(JSON.stringify({ ...event, ClientId: id.slice(0, 255) }, cut));
  if (message.byteLength > largest) return;
  const socket = createSocket("udp4");
  // A missing agent is no error.
  socket.on("error", () => socket.close());
  socket.unref().send(message, Number(port), host, () => socket.close());
}

function cut(name: string, value: unknown): unknown {
  const limit = limits.find(([end]) => end.test(name))?.[1];
  return typeof value === "string" && limit !== undefined ? value.slice(0, limit) : value;
}
