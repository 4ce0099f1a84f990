/** Bytes that the body of a response may have where nothing else is said: far more than any service answers at once. */
export const defaultMaxResponseSize = 256 * 2 ** 20;

/** A body that would fill the memory of this process. */
export class ResponseTooLarge extends Error {
  readonly code = "CLIENTSMITH_RESPONSE_TOO_LARGE";

  constructor(limit: number) {
    super(`the body has more than ${limit} bytes (option maxResponseSize)`);
  }
}

/** S3 closes connections that were idle for 20 s, other services later; closing them first avoids most resets. */
export const keepAliveTimeout = 15_000;
