import { longestDelay } from "../retry/standard.js";
import { retryAfterOf } from "../retry/hint.js";
import type { Service } from "./service.js";
import type { AWSError, ServiceDefinition } from "./types.js";

const throttlingCodes = new Set([
  "ProvisionedThroughputExceededException",
  "Throttling",
  "ThrottlingException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "TooManyRequestsException",
  "TransactionInProgressException",
  "EC2ThrottledException",
]);

const clockSkewCodes = new Set([
  "RequestTimeTooSkewed",
  "RequestExpired",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "AuthFailure",
  "RequestInTheFuture",
]);

const expiredCredentialsCodes = new Set(["RequestExpired", "ExpiredTokenException", "ExpiredToken"]);

/** Its requests are quick, so the original has them retried sooner and more often. */
export function isDynamo({ definition }: Service): boolean {
  return definition.serviceIdentifier === "dynamodb";
}

/** Codes that mean passing trouble with some services only. */
const ofServices: Readonly<Record<string, string>> = {
  s3: "RequestTimeout",
  route53: "PriorRequestNotComplete",
};

/** Whether a response that is an error invites another attempt. */
export function isRetryable({ code, statusCode = 0 }: AWSError, { serviceIdentifier }: ServiceDefinition): boolean {
  return (
    ofServices[serviceIdentifier] === code ||
    code === "TimeoutError" ||
    code === "NetworkingError" ||
    code === "ExpiredTokenException" ||
    throttlingCodes.has(code) ||
    statusCode === 429 ||
    statusCode >= 500
  );
}

/** Whether the service took the request's date for wrong. */
export function isClockSkewError({ code }: AWSError): boolean {
  return clockSkewCodes.has(code);
}

export function isExpiredCredentialsError({ code }: AWSError): boolean {
  return expiredCredentialsCodes.has(code);
}

/** Whether the service took the signature for too old. */
export function isExpiredSignatureError({ code, message }: AWSError): boolean {
  return /Signature/.test(code) && /expired/.test(message);
}

/**
 * Milliseconds until the next attempt: what `customBackoff` says, below 0 for no more attempts; else exponential with full
 * jitter, and no less than the service asks for.
 *
 * @param retryCount retries made so far
 * @param headers of the response
 */
export function retryDelay(
  retryCount: number,
  error: AWSError,
  service: Service,
  headers: Readonly<Record<string, string>>,
): number {
  const { base = isDynamo(service) ? 50 : 100, customBackoff } = service.config.retryDelayOptions ?? {};
  if (customBackoff) return customBackoff(retryCount, error) || 0;
  const asked = error.retryable ? (retryAfterOf(headers, service.getSkewCorrectedDate().getTime()) ?? 0) : 0;
  return Math.max(Math.random() * base * 2 ** retryCount, Math.min(asked, longestDelay));
}
