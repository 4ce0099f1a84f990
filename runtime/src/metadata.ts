import type { ResponseMetadata } from "./errors/base.js";
import type { RetryState } from "./retry/state.js";
import type { HttpResponse } from "./transport/types.js";

/** What an answer and an error say about the call, from its last response and the attempts so far. */
export function metadataOf(response: HttpResponse | undefined, state: RetryState): ResponseMetadata {
  const headers = response?.headers ?? {};
  const requestId = headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? headers["x-amz-requestid"];
  const extendedRequestId = headers["x-amz-id-2"];
  return {
    ...(response && { status: response.status }),
    ...(requestId !== undefined && { requestId }),
    ...(extendedRequestId !== undefined && { extendedRequestId }),
    attempts: state.attempts,
    totalRetryDelay: state.totalRetryDelay,
  };
}
