import type { ResponseMetadata } from "./errors.js";
import type { HttpResponse } from "./transport/types.js";

/** The metadata of a call under way: one object, brought up to date by each attempt, carried by its answer or error. */
export type CallRecord = { -readonly [Field in keyof ResponseMetadata]: ResponseMetadata[Field] };

export function startRecord(): CallRecord {
  return { attempts: 0, totalRetryDelay: 0 };
}

export function recordResponse(record: CallRecord, response: HttpResponse): void {
  const { headers } = response;
  record.status = response.status;
  const requestId = headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? headers["x-amz-requestid"];
  if (requestId !== undefined) record.requestId = requestId;
  const extendedRequestId = headers["x-amz-id-2"];
  if (extendedRequestId !== undefined) record.extendedRequestId = extendedRequestId;
}
