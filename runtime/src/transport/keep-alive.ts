/** S3 closes connections that were idle for 20 s, other services later; closing them first avoids most resets. */
export const keepAliveTimeout = 15_000;
