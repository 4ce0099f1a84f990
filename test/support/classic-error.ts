/** Fields of an error of a service object, of AWS SDK v2 or of the classic subpath. */
export interface ClassicErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly retryable?: boolean | undefined;
  readonly requestId?: string | undefined;
}

/** Only these, because others differ from call to call. */
export function classicErrorFacts(error: ClassicErrorFacts | null): ClassicErrorFacts | null {
  if (!error) return null;
  const { code, message, statusCode, retryable, requestId } = error;
  return { code, message, statusCode, retryable, requestId };
}
