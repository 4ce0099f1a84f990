import type { CallContext } from "../context.js";
import type { ResponseMetadata } from "../../errors/base.js";
import { redactedOrigin } from "../../retry/state.js";
import type { HttpResponse } from "../../schema/http.js";

/** The request ID of the service: in a header, else where the protocol has it in the body. */
export function requestIdOf(
  response: HttpResponse,
  { codec, client }: Pick<CallContext, "codec" | "client">,
): string | undefined {
  return client.conventions.requestIdOf(response.headers) ?? codec.requestIdIn?.(response);
}

/** Metadata of an output or error, from the last response and the attempts so far. */
export function metadataOf(response: HttpResponse, context: CallContext): ResponseMetadata {
  const { client, request, state } = context;
  const { status, headers } = response;
  const requestId = requestIdOf(response, context);
  const extendedRequestId = client.conventions.extendedRequestIdOf?.(headers);
  // Plain assignments: conditional spreads take longer than the rest of this function.
  const metadata: { -readonly [Field in keyof ResponseMetadata]: ResponseMetadata[Field] } = {
    status,
    attempts: state.sent,
    totalRetryDelay: state.totalRetryDelay,
    endpoint: redactedOrigin(state, request.origin),
    clockOffset: state.clockOffset,
  };
  if (requestId !== undefined) metadata.requestId = requestId;
  if (extendedRequestId !== undefined) metadata.extendedRequestId = extendedRequestId;
  return metadata;
}
