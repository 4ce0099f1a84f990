import { prepareInput } from "../../schema/input.js";
import { nearest } from "../../text/nearest.js";
import { awsError } from "../aws-error.js";
import { withoutBucket } from "../config/bucket-endpoint.js";
import { findCredentials, isSigned } from "./identity.js";
import { checkParams } from "../params/index.js";
import type { AWSError } from "../types.js";
import type { RequestContext } from "./exchange.js";

/**
 * Parameters first, then region, then credentials, each only where there is no error yet: a slow source of credentials
 * keeps nobody waiting for the error of a parameter, and its own error does not take that one's place.
 */
export function addValidation(exchange: RequestContext): void {
  const { request, operation } = exchange;
  const { service, response } = request;
  const fail = (error: AWSError): void => {
    response.error = error;
  };

  request.on("validate", () => {
    if (!operation) return fail(unknownOperation(exchange));
    if (response.error) return;
    const prepared = prepareInput(operation.input, request.params);
    // The caller's own object stays where nothing had to be added.
    if (Object.keys(prepared).some((name) => prepared[name] !== request.params[name])) request.params = prepared;
    const { error } = checkParams(operation.input, request.params, service.config.paramValidation);
    if (error) fail(error);
  });

  request.on("validate", () => {
    if (response.error) return;
    const error = withoutBucket(service.definition, service.config, request.params);
    if (error) fail(error);
  });

  request.on("validate", () => {
    if (response.error || !isSigned(exchange)) return;
    const { region } = service.config;
    if (!region) return fail(configError("Missing region in config"));
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(region)) fail(configError("Invalid region in config"));
  });

  request.onAsync("validate", (_request, done) => {
    if (response.error || !isSigned(exchange)) return done();
    findCredentials(exchange, (error) => {
      if (error) fail(error);
      done();
    });
  });
}

function configError(message: string): AWSError {
  return awsError(new Error(message), { code: "ConfigError" });
}

function unknownOperation({ request: { operation, service } }: RequestContext): AWSError {
  const { model } = service.definition;
  const meant = nearest(operation, Object.keys(model.operations));
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  const message = `${model.service.name} has no operation "${operation}"${hint}`;
  return awsError(new Error(message), { code: "UnknownOperation" });
}
