/** Default max size of a response's body in bytes: far more than any service returns at once. */
export const defaultMaxResponseSize = 256 * 2 ** 20;

/** Error for a body that is too large for the memory. */
export class ResponseTooLarge extends Error {
  readonly code = "CLIENTSMITH_RESPONSE_TOO_LARGE";

  constructor(limit: number) {
    super(`the body has more than ${limit} bytes (option maxResponseSize)`);
  }
}

/** S3 closes connections that were idle for 20 s, other services later. Closing them first avoids most resets. */
export const keepAliveTimeout = 15_000;
