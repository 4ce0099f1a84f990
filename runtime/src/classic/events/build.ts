import type { ProtocolRequest } from "../../schema/service.js";
import { isChecksum } from "../checksums.js";
import { Endpoint } from "../endpoint.js";
import { type HttpRequest, byteLength } from "../http-request.js";
import { checkParams } from "../params/index.js";
import { preferredSigningTarget } from "../signing-target.js";
import { setHeader, wireHeaders } from "./headers.js";
import type { ClassicCall } from "./classic-call.js";
import { settle } from "./settle.js";

/** Writes the HTTP request. What listeners change in it is sent. */
export function addBuilding(context: ClassicCall): void {
  const { request, operation, features } = context;
  const { service } = request;
  const client = service.context;

  request.on("build", () => {
    const { httpRequest } = request;
    // The parameters as they are now: listeners may have changed them since they were checked.
    const { input } = checkParams(operation.input, request.params, false, service.definition);
    context.input = input;
    const message = context.call.codec.serialize(input);
    const isGiven = service.isEndpointGiven || httpRequest.endpoint.href !== service.endpoint.href;
    const config = client.configFor(isGiven ? httpRequest.endpoint : undefined);
    const target = client.targetOf(operation, input, config);
    let addressed = target.address(message);
    for (const feature of features) {
      if (feature.name === "host-prefix" && !service.config.hostPrefixEnabled) continue;
      addressed = feature.address?.(addressed, input, context.call, config) ?? addressed;
    }
    const { method, origin, path, query, headers } = addressed;
    context.target = target;
    // Global endpoints are signed for one Region.
    httpRequest.region = preferredSigningTarget(target, client.service)?.region ?? httpRequest.region;
    httpRequest.method = method;
    if (origin !== originOf(httpRequest.endpoint)) httpRequest.endpoint = new Endpoint(origin);
    httpRequest.path = query === "" ? path : `${path}?${query}`;
    for (const [name, value] of Object.entries(headers)) {
      if (name !== "host" && name !== "user-agent") setHeader(httpRequest.headers, name, value);
    }
    httpRequest.body = message.body ?? "";
  });

  // After `build`, so that checksums cover what its listeners have made of the body.
  for (const feature of features) {
    if (!feature.message || (isChecksum(feature) && !service.config.computeChecksums)) continue;
    request.onAsync("afterBuild", (_request, done) => {
      if (isChecksum(feature) && request.signatureForm) return done();
      const message = messageOf(request.httpRequest);
      settle(
        () => feature.message?.(message, context.input, context.call) ?? message,
        (changed) => applyMessage(request.httpRequest, message, changed),
        done,
      );
    });
  }

  request.on("afterBuild", () => {
    const { headers, body, method, endpoint } = request.httpRequest;
    if (request.signatureForm) return setHeader(headers, "host", endpoint.host);
    const length = byteLength(body);
    const isBare = length === 0 && /^(GET|HEAD|DELETE)$/.test(method);
    if (wireHeaders(headers)["content-length"] === undefined && !isBare) setHeader(headers, "content-length", length);
    setHeader(headers, "host", endpoint.host);
    addTraceId(headers);
  });
}

/** AWS Lambda sets the ID of the trace that the invocation belongs to. */
function addTraceId(headers: HttpRequest["headers"]): void {
  const { AWS_LAMBDA_FUNCTION_NAME: name, _X_AMZN_TRACE_ID: id } = process.env;
  if (name && id && wireHeaders(headers)["x-amzn-trace-id"] === undefined) setHeader(headers, "x-amzn-trace-id", id);
}

function messageOf({ method, path, headers, body }: HttpRequest): ProtocolRequest {
  return { method, path, query: "", headers: wireHeaders(headers), body };
}

function applyMessage(httpRequest: HttpRequest, before: ProtocolRequest, { headers, body }: ProtocolRequest): void {
  for (const [name, value] of Object.entries(headers)) {
    if (before.headers[name] !== value) setHeader(httpRequest.headers, name, value);
  }
  if (body !== before.body) httpRequest.body = body ?? "";
}

function originOf({ protocol, host }: Endpoint): string {
  return `${protocol}//${host}`;
}
