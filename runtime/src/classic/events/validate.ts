import { featureData } from "../../features/feature.js";
import type { RegionalCopyData } from "../../features/regional-copy.js";
import { prepareInput } from "../../schema/input.js";
import { nearest } from "../../text/nearest.js";
import { abortedError, awsError } from "../aws-error.js";
import { withoutBucket } from "../config/bucket-endpoint.js";
import { checkRegionalEndpoints } from "../config/regional-endpoints.js";
import { isGlobal } from "../context.js";
import { checkParams } from "../params/index.js";
import type { Request } from "../request.js";
import type { ClassicCall } from "./classic-call.js";
import { settle } from "./settle.js";

/**
 * Checks parameters, then the Region, then credentials, each only where there is no error yet. So the error of a parameter
 * waits for no credentials, and theirs does not replace it. Last, features change the parameters.
 */
export function addValidation(context: ClassicCall): void {
  const { request, operation } = context;
  const { service, response } = request;
  const client = service.context;
  const isCopy = takeSourceRegion(context);

  request.on("validate", () => {
    for (const feature of context.features) feature.begin?.(request.params);
  });

  request.on("validate", () => {
    if (response.error) return;
    const prepared = prepareInput(operation.input, request.params);
    // The caller's own object is kept where nothing had to be added.
    if (Object.keys(prepared).some((name) => prepared[name] !== request.params[name])) request.params = prepared;
    const { error } = checkParams(operation.input, request.params, service.config.paramValidation, service.definition);
    if (error) response.error = error;
  });

  request.on("validate", () => {
    if (response.error) return;
    checkRegionalEndpoints(client.service, service.config);
    response.error = withoutBucket(service.definition, service.config, request.params) ?? null;
  });

  request.on("validate", () => {
    if (response.error || context.authSchemes.length === 0) return;
    const { region } = service.config;
    if (!region && !isGlobal(client.service)) throw configError("Missing region in config");
    if (region && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(region)) throw configError("Invalid region in config");
  });

  request.onAsync("validate", (_request, done) => {
    if (response.error || !needsCredentials(context)) return done();
    settle(
      () => client.credentials.get({ signal: request.signal }),
      () => {},
      (error) => done(error && (request.signal.aborted ? abortedError() : error)),
    );
  });

  for (const feature of context.features) {
    if (!feature.input || (feature.name === "regional-copy" && !isCopy)) continue;
    request.onAsync("validate", (_request, done) => {
      // Others read the response of a presigned request.
      if (response.error || (request.signatureForm && feature.name === "response-checksum")) return done();
      const { input } = checkParams(operation.input, request.params, false, service.definition);
      settle(
        () => feature.input?.(input, context.call) ?? input,
        (changed) => addParams(request, input, changed),
        done,
      );
    });
  }
}

/** Fails a request of an operation that sends events, as AWS SDK v2 has none, or whose package has no part that reads them. */
export function rejectEventStream(request: Request): void {
  const { operation, service } = request;
  const { name } = service.definition.model.service;
  request.on("validate", () => {
    const sends = request.definition?.features?.some(({ name: feature }) => feature === "event-stream-input");
    const message = `${operation} ${sends ? "sends" : "returns"} events, which service objects of ${name} do not support: call the function ${operation} of the package instead`;
    throw awsError(new Error(message), { code: "UnsupportedOperation" });
  });
}

/** Ends a request of an operation that the service does not have. */
export function rejectUnknownOperation(request: Request): void {
  const { operation, service } = request;
  const { model } = service.definition;
  const meant = nearest(operation, Object.keys(model.operations));
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  request.on("validate", () => {
    throw awsError(new Error(`${model.service.name} has no operation "${operation}"${hint}`), {
      code: "UnknownOperation",
    });
  });
}

/** What a feature has set in the input, among the parameters. */
function addParams(request: Request, input: object, changed: object): void {
  const before = input as Readonly<Record<string, unknown>>;
  const added = Object.entries(changed).filter(([name, value]) => before[name] !== value);
  if (added.length > 0) request.params = { ...request.params, ...Object.fromEntries(added) };
}

/**
 * Removes `SourceRegion` from the parameters of operations that do not have it in the model, as AWS SDK v2 does for Amazon RDS.
 *
 * @returns whether a presigned URL is to be added where the source is in another Region
 */
function takeSourceRegion({ request, operation }: ClassicCall): boolean {
  const copy = featureData<RegionalCopyData>(operation, "regional-copy");
  if (!copy || copy.destination !== undefined) return copy !== undefined;
  const { SourceRegion, ...rest } = request.params;
  if (!SourceRegion) return false;
  request.params = rest;
  return SourceRegion !== request.service.config.region;
}

/** Bearer tokens are looked for when the request is signed. */
function needsCredentials({ authSchemes, operation, request: { service } }: ClassicCall): boolean {
  if (operation.auth !== undefined) return false;
  const hasOther = authSchemes.some(
    (scheme) => scheme.family !== "sigv4" && !["chain", "none"].includes(scheme.identity(service.context)),
  );
  return !hasOther && authSchemes.some(({ family }) => family === "sigv4");
}

function configError(message: string): Error {
  return awsError(new Error(message), { code: "ConfigError" });
}
