import { type Classification, classifyStatus, never, throttled, transient } from "./classify.js";
import { clockSkewCodes, expiredCredentialsCodes, throttlingCodes, transientCodes } from "./codes.js";

/**
 * Classifies an error response by its code and status alone, as the AWS SDKs do.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function classifyCode(code: string, status: number): Classification {
  if (throttlingCodes.has(code)) return throttled;
  const byStatus = classifyStatus(status);
  if (byStatus.retryable) return byStatus;
  if (transientCodes.has(code)) return transient;
  const expiredCredentials = expiredCredentialsCodes.has(code);
  const clockSkew = clockSkewCodes.has(code);
  return expiredCredentials || clockSkew ? { ...never, expiredCredentials, clockSkew } : never;
}
