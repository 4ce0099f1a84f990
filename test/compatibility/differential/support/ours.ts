import { AsyncLocalStorage } from "node:async_hooks";
import * as cloudtrail from "@clientsmith/cloudtrail";
import type { ClientOptions } from "#runtime/config/options.js";
import type { Transport } from "#runtime/schema/http.js";
import type { ClientModule } from "../../../support/generate-client.js";
import { type Caller, emptyResponse, type Exchange, responseBody, responseHeaders, settings, settle } from "./calls.js";

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
  const current = new AsyncLocalStorage<Exchange>();
  const transport: Transport = {
    send: (request) => {
      const exchange = current.getStore();
      if (!exchange) throw new Error("sent outside a call");
      exchange.request = request;
      const { response } = exchange;
      return Promise.resolve({
        status: response.status,
        headers: responseHeaders(response),
        body: responseBody(response),
      });
    },
    close: () => Promise.resolve(),
  };
  // One client for all calls: each client reads the shared configuration files.
  const client = new Client({
    ...settings,
    ...options,
    transport,
    maxAttempts: 1,
    validation: { min: true, max: true, pattern: true, enum: true },
  });
  return (operation, input, response = emptyResponse) =>
    settle(current, response, () => functionOf(operation, module)(client, input));
}

export const callOurs: Caller = callerOf(cloudtrail, "CloudTrailClient");
