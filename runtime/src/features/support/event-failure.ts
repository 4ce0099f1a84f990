import { type ClientsmithError, setExplanation, isClientsmithError, type ResponseMetadata } from "../../errors/base.js";
import { ServiceError } from "../../errors/service.js";
import { unexpectedResponse } from "../../errors/unexpected.js";
import { MalformedMessage } from "../../event-streams/message.js";
import { redactedOrigin } from "../../retry/state.js";
import type { HttpResponse } from "../../schema/http.js";
import type { CallContext } from "../context.js";
import { progressOf } from "./event-progress.js";
import { metadataOf } from "./response-metadata.js";

/** The error of reading events, with the metadata and the explanation of its call. */
export function eventFailure(cause: unknown, context: CallContext, response: HttpResponse): unknown {
  const { operation, request, state } = context;
  const metadata = { ...metadataOf(response, context), events: { ...progressOf(context) } };
  const error = state.body?.failure ?? typed(cause, response, metadata);
  if (!isClientsmithError(error)) return error;
  error.operation = operation.name;
  // Those of a service error are read-only for callers: it was created without them.
  Object.assign(error, { $metadata: metadata, attempts: metadata.attempts });
  if (error instanceof ServiceError) Object.assign(error, { status: metadata.status, requestId: metadata.requestId });
  state.hidden?.removeFrom(error, request.origin);
  setExplanation(error, () => explanation(error, context, metadata));
  return error;
}

function typed(cause: unknown, response: HttpResponse, metadata: ResponseMetadata): unknown {
  if (!(cause instanceof MalformedMessage)) return cause;
  // Without the body: events may contain sensitive members.
  return unexpectedResponse(withoutBody(response), `is not a valid event stream: it ${cause.message}`, {
    metadata,
    cause,
  });
}

/** The encoding is set so that the message does not quote the empty body. */
function withoutBody({ status, headers }: HttpResponse): HttpResponse {
  return { status, headers, body: new Uint8Array() };
}

function explanation(error: ClientsmithError, context: CallContext, metadata: ResponseMetadata): string {
  const { client, operation, request, state } = context;
  const { status, requestId, events } = metadata;
  const lines = [
    `${client.service.name}.${operation.name} failed while its events were read: ${error.name}: ${error.message}`,
    ["request", `${request.method} ${redactedOrigin(state, request.origin)}${operation.http?.uri ?? request.path}`],
    ["response", `status ${status}${requestId === undefined ? "" : `, request ${requestId}`}`],
    ["received", `${events?.received} events, ${events?.receivedBytes} bytes`],
    ...(state.body ? [["sent", `${events?.sent} events, ${events?.sentBytes} bytes`]] : []),
  ];
  return lines
    .map((line) => (typeof line === "string" ? line : `  ${(line[0] ?? "").padEnd(12)}${line[1] ?? ""}`))
    .join("\n");
}
