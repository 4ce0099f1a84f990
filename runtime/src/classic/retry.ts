import { awsConventions } from "../call/conventions/aws.js";
import { clockSkewCodes, expiredCredentialsCodes, throttlingCodes } from "../retry/codes.js";
import { maxDelay } from "../retry/standard.js";
import type { Service } from "./service.js";
import type { AWSError, ServiceDefinition } from "./types.js";

/** Codes of the AWS SDKs by which AWS SDK v2 does not retry, or does not take for a wrong clock or expired credentials. */
const unknownToV2: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "BandwidthLimitExceeded",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "SlowDown",
  "ThrottledException",
  "TokenRefreshRequired",
]);

/** Whether a code is in one of the lists of the core, as far as AWS SDK v2 has it there. */
function isIn(codes: ReadonlySet<string>, { code }: AWSError): boolean {
  return codes.has(code) && !unknownToV2.has(code);
}

/** AWS SDK v2 retries requests to DynamoDB sooner and more often, since they are short. */
export function isDynamo({ definition }: Service): boolean {
  return definition.serviceIdentifier === "dynamodb";
}

/** Codes of errors that are transient with certain services only. */
const ofServices: Readonly<Record<string, string>> = {
  s3: "RequestTimeout",
  route53: "PriorRequestNotComplete",
};

/** Whether a response that is an error invites another attempt. */
export function isRetryable(error: AWSError, { serviceIdentifier }: ServiceDefinition): boolean {
  const { code, statusCode = 0 } = error;
  return (
    ofServices[serviceIdentifier] === code ||
    code === "TimeoutError" ||
    code === "NetworkingError" ||
    code === "ExpiredTokenException" ||
    isIn(throttlingCodes, error) ||
    statusCode === 429 ||
    statusCode >= 500
  );
}

/** Whether the service rejected the date of the request. */
export function isClockSkewError(error: AWSError): boolean {
  return isIn(clockSkewCodes, error);
}

export function isExpiredCredentialsError(error: AWSError): boolean {
  return isIn(expiredCredentialsCodes, error);
}

/** Whether the service rejected the signature as too old. */
export function isExpiredSignatureError({ code, message }: AWSError): boolean {
  return /Signature/.test(code) && /expired/.test(message);
}

/**
 * Milliseconds until the next attempt: what `customBackoff` returns, below 0 for no more attempts; otherwise exponential with
 * full jitter, and no less than the service requests.
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
  const now = service.getSkewCorrectedDate().getTime();
  const requested = (error.retryable && awsConventions.retryAfterOf(headers, now).delay) || 0;
  return Math.max(Math.random() * base * 2 ** retryCount, Math.min(requested, maxDelay));
}
