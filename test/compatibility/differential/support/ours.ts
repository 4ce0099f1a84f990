import * as cloudtrail from "@clientsmith/cloudtrail";
import type { ClientOptions } from "#runtime/config/options.js";
import type { HttpRequest, Transport } from "#runtime/schema/http.js";
import type { ClientModule } from "../../../support/generate-client.js";
import { responseBody, responseHeaders, type Caller, emptyResponse, settings, settle } from "./calls.js";

type OperationFunction = (client: object, input: object) => Promise<object>;

/** A generated client's function of an operation. */
export function functionOf(operation: string, module: ClientModule = cloudtrail): OperationFunction {
  const name = operation.charAt(0).toLowerCase() + operation.slice(1);
  const found = module[name];
  if (typeof found !== "function") throw new Error(`the client has no function ${name}`);
  return found as OperationFunction;
}

/** A generated client, on a transport that only responds, with options beside those of every comparison. */
export function callerOf(module: ClientModule, className: string, options: object = {}): Caller {
  const Client = module[className] as new (options: ClientOptions) => object;
  return (operation, input, response = emptyResponse) => {
    let request: HttpRequest | undefined;
    const transport: Transport = {
      send: (sent) => {
        request = sent;
        return Promise.resolve({
          status: response.status,
          headers: responseHeaders(response),
          body: responseBody(response),
        });
      },
      close: () => Promise.resolve(),
    };
    const client = new Client({
      ...settings,
      ...options,
      transport,
      maxAttempts: 1,
      validation: { min: true, max: true, pattern: true, enum: true },
    });
    return settle(
      () => functionOf(operation, module)(client, input),
      () => request,
    );
  };
}

export const callOurs: Caller = callerOf(cloudtrail, "CloudTrailClient");
