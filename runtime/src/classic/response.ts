import { awsError } from "./aws-error.js";
import { HttpResponse } from "./http-response.js";
import { nextPageTokens, type PageTokens, paramsOfPage } from "./pages.js";
import type { Request } from "./request.js";
import type { AnyCallback, AWSError, Callback, LooseCallback } from "./types.js";

/** The outcome of a request, filled in while it is in flight. */
export class Response<Data = unknown, Err = AWSError> {
  readonly request: Request<Data, Err>;
  /** The output; null until it has been read, and where the request failed. */
  data: Data | null = null;
  error: Err | null = null;
  /** ID that the service assigned to the request; support needs it. */
  requestId: string | undefined;
  /** Second ID of Amazon S3 (`x-amz-id-2`). */
  declare extendedRequestId?: string;
  retryCount = 0;
  redirectCount = 0;
  httpResponse = new HttpResponse();
  maxRetries: number;
  maxRedirects: number;
  /** Tokens of the next page; null where there is none, undefined until {@link hasNextPage} is called. */
  declare nextPageTokens?: PageTokens | null;

  constructor(request: Request<Data, Err>) {
    const { service } = request;
    this.request = request;
    this.maxRetries = service.numRetries();
    this.maxRedirects = service.config.maxRedirects;
  }

  /** True where the service has another page; undefined for an operation that has no pages. */
  hasNextPage(): boolean | undefined {
    const { pagination } = this.request;
    if (!pagination) return undefined;
    if (this.nextPageTokens === undefined)
      this.nextPageTokens = nextPageTokens(pagination, this.data, this.request.params);
    return this.nextPageTokens !== null;
  }

  /**
   * A request for the next page; null where this is the last one. With a callback it is sent at once.
   *
   * @throws AWSError for an operation that has no pages; a callback gets it instead
   */
  nextPage(): Request<Data, Err> | null;
  nextPage(callback: Callback<Data | null, Err>): Request<Data, Err> | null;
  nextPage(callback: LooseCallback<Data | null, Err>): Request<Data, Err> | null;
  nextPage(callback?: AnyCallback): Request<Data, Err> | null {
    const { service, operation, pagination, params } = this.request;
    const call = callback as ((err: unknown, data: null) => void) | undefined;
    if (!pagination) {
      const error = awsError(new Error(), { message: `No pagination configuration for ${operation}` });
      this.error = error as Err;
      if (!call) throw error;
    }
    if (!pagination || !this.hasNextPage() || !this.nextPageTokens) {
      call?.(this.error, null);
      return null;
    }
    const next = service.makeRequest(operation, paramsOfPage(params, pagination, this.nextPageTokens));
    if (callback) next.send(callback as LooseCallback<object>);
    return next as unknown as Request<Data, Err>;
  }
}
