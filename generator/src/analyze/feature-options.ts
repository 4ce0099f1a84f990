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

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html */
export const requestChecksumCalculation = checksums(
  "requestChecksumCalculation",
  "When requests get a checksum that the caller does not request: where the operation supports or where it requires one. Older S3-compatible servers need the latter.",
  { variable: "AWS_REQUEST_CHECKSUM_CALCULATION", setting: "request_checksum_calculation" },
);

export const responseChecksumValidation = checksums(
  "responseChecksumValidation",
  "When checksums of responses are verified: where the operation supports it, or where the input requests it.",
  { variable: "AWS_RESPONSE_CHECKSUM_VALIDATION", setting: "response_checksum_validation" },
);

function checksums(name: string, documentation: string, source: EndpointOptionIr["source"]): EndpointOptionIr {
  const values = ["WHEN_SUPPORTED", "WHEN_REQUIRED"];
  return { name, parameter: name, type: "string", documentation, values, default: "WHEN_SUPPORTED", source };
}

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
