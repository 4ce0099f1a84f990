/** Default max size of a response's body in bytes: far more than any service returns at once. */
export const defaultMaxResponseSize = 256 * 2 ** 20;

/** S3 closes connections that were idle for 20 s, other services later. Closing them first avoids most resets. */
export const keepAliveTimeout = 15_000;
