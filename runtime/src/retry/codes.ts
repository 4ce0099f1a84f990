/** Codes that all AWS SDKs treat as throttling, with any status. */
export const throttlingCodes: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);

/** Codes of transient errors. S3 also returns `InternalError` with status 200, in the response to a long copy. */
export const transientCodes: ReadonlySet<string> = new Set([
  "InternalError",
  "RequestTimeout",
  "RequestTimeoutException",
]);

/** EC2 returns `RequestExpired` both for expired credentials and for a wrong clock. */
export const expiredCredentialsCodes: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "TokenRefreshRequired",
]);

export const clockSkewCodes: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "AuthFailure",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);
