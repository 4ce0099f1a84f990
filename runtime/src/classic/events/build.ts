import type { Call } from "../../features/context.js";
import { featureData, featuresOf } from "../../features/feature.js";
import { fillHostPrefix } from "../../features/host-prefix.js";
import { signingTargetOf } from "../../endpoints/signing-target.js";
import type { ProtocolRequest } from "../../schema/service.js";
import { targetOf } from "../address.js";
import { isChecksum } from "../checksums.js";
import { Endpoint } from "../endpoint.js";
import { type HttpRequest, byteLength } from "../http-request.js";
import { checkParams } from "../params/index.js";
import type { RequestContext } from "./exchange.js";
import { setHeader, wireHeaders } from "./headers.js";

/** Writes the HTTP request; what listeners change in it counts. */
export function addBuilding(exchange: RequestContext): void {
  const { request, operation } = exchange;
  const { service } = request;
  if (!operation) return;

  request.onAsync("build", (_request, done) => {
    const compiled = service.codecOf(operation);
    if (!(compiled instanceof Promise)) {
      exchange.codec = compiled;
      return done();
    }
    compiled.then(
      (codec) => {
        exchange.codec = codec;
        process.nextTick(done);
      },
      (error: unknown) => process.nextTick(done, error),
    );
  });

  request.on("build", () => {
    const { codec } = exchange;
    if (!codec) return;
    const { httpRequest } = request;
    const hostPrefix = featureData<string>(operation, "host-prefix");
    // As the parameters are now: listeners may have changed them since they were checked.
    const { input } = checkParams(operation.input, request.params, false);
    const message = codec.serialize(input);
    const target = targetOf(service, operation, input, httpRequest.endpoint);
    const prefix = hostPrefix && service.config.hostPrefixEnabled ? fillHostPrefix(hostPrefix, operation, input) : "";
    exchange.input = input;
    const { method, origin, path, query, headers } = target.address(message, prefix);
    const signing = signingTargetOf(target, service.definition.model.service);
    exchange.signing = signing;
    // Endpoints without a Region are signed for the one that they are in.
    httpRequest.region = signing?.region ?? httpRequest.region;
    httpRequest.method = method;
    if (origin !== originOf(httpRequest.endpoint)) httpRequest.endpoint = new Endpoint(origin);
    httpRequest.path = query === "" ? path : `${path}?${query}`;
    for (const [name, value] of Object.entries(headers)) {
      if (name !== "host" && name !== "user-agent") setHeader(httpRequest.headers, name, value);
    }
    httpRequest.body = message.body ?? "";
  });

  const checksum = featuresOf(operation).find(isChecksum)?.message;
  if (checksum && service.config.computeChecksums) {
    request.onAsync("afterBuild", (_request, done) => {
      Promise.resolve(checksum(messageOf(request.httpRequest), exchange.input, { operation } as Call)).then(
        ({ headers }) => {
          for (const [name, value] of Object.entries(headers)) setHeader(request.httpRequest.headers, name, value);
          process.nextTick(done);
        },
        (error: unknown) => process.nextTick(done, error),
      );
    });
  }

  request.on("afterBuild", () => {
    const { headers, body, method, endpoint } = request.httpRequest;
    const length = byteLength(body);
    const isBare = length === 0 && /^(GET|HEAD|DELETE)$/.test(method);
    if (wireHeaders(headers)["content-length"] === undefined && !isBare) setHeader(headers, "content-length", length);
    setHeader(headers, "host", endpoint.host);
    addTraceId(headers);
  });
}

/** AWS Lambda gives the id of the trace that the invocation belongs to. */
function addTraceId(headers: HttpRequest["headers"]): void {
  const { AWS_LAMBDA_FUNCTION_NAME: name, _X_AMZN_TRACE_ID: id } = process.env;
  if (name && id && wireHeaders(headers)["x-amzn-trace-id"] === undefined) setHeader(headers, "x-amzn-trace-id", id);
}

function messageOf({ method, path, headers, body }: HttpRequest): ProtocolRequest {
  return { method, path, query: "", headers: wireHeaders(headers), body };
}

function originOf({ protocol, host }: Endpoint): string {
  return `${protocol}//${host}`;
}
