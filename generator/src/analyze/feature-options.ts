import type { EndpointOptionIr } from "../ir/ir.js";

/** Options of clients that features of the runtime read. Each is an option of a service that has an operation with the feature. */

export const disableHostPrefix = flag(
  "disableHostPrefix",
  false,
  "Send operations with a host prefix to the endpoint without it. An IP address or `localhost` never gets one.",
);

export const useQueueUrlAsEndpoint = flag(
  "useQueueUrlAsEndpoint",
  true,
  "Send requests to the host of their `QueueUrl`, where the client has no endpoint of its own.",
);

export const md5 = flag(
  "md5",
  true,
  "Compare message bodies and attributes with the MD5 that the service reports. Needed off where MD5 is not available, as in FIPS mode.",
);

function flag(name: string, fallback: boolean, documentation: string): EndpointOptionIr {
  return {
    name,
    parameter: name,
    type: "boolean",
    documentation,
    values: undefined,
    default: fallback,
    source: undefined,
  };
}
