/** What an error of a classic service object tells, the original's or ours. */
export interface ClassicErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly retryable?: boolean | undefined;
  readonly requestId?: string | undefined;
}

/** Only these: an error has more that differs from call to call. */
export function classicErrorFacts(error: ClassicErrorFacts | null): ClassicErrorFacts | null {
  if (!error) return null;
  const { code, message, statusCode, retryable, requestId } = error;
  return { code, message, statusCode, retryable, requestId };
}
