import { ConfigurationError } from "../errors/client.js";
import type { CallContext } from "../features/context.js";
import { featureData } from "../features/feature.js";
import type { HttpRequest } from "../schema/http.js";

/**
 * The request of a call as others can send it: without what HTTP clients set, and a form in the URL.
 *
 * @param more headers that the sender has to send, too
 * @throws ConfigurationError for a body that cannot be signed
 */
export function transferableRequest(context: CallContext, more: Readonly<Record<string, string>>): HttpRequest {
  const { client, operation } = context;
  const { stream, ...request } = context.request;
  if (stream) throw streamed(context);
  const isBodyOpen = featureData(operation, "streamed-input") !== undefined && request.body === undefined;
  const isBodySigned = client.service.presignedUrls !== "s3" && !operation.unsignedPayload;
  if (isBodyOpen && isBodySigned) throw bodyNeeded(context);
  const { "user-agent": _, ...headers } = { ...request.headers, ...lowerCase(more) } as Record<string, string>;
  return withFormInQuery({ ...request, headers });
}

/** Services with forms read the same members from the query of a GET request. */
function withFormInQuery(request: HttpRequest): HttpRequest {
  const { "content-type": type, ...headers } = request.headers;
  const { body, ...rest } = request;
  if (!type?.startsWith("application/x-www-form-urlencoded") || typeof body !== "string") return request;
  return { ...rest, method: "GET", headers, query: [request.query, body].filter(Boolean).join("&") };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function streamed({ operation }: CallContext): ConfigurationError {
  const member = featureData<string>(operation, "streamed-input");
  const advice =
    member === undefined
      ? "Call the operation instead"
      : `Leave out ${member}, so that the sender chooses it, or pass bytes`;
  return new ConfigurationError(`${operation.name} cannot be presigned with a stream as its body. ${advice}.`);
}

function bodyNeeded({ operation }: CallContext): ConfigurationError {
  const member = featureData<string>(operation, "streamed-input");
  return new ConfigurationError(
    `${operation.name} cannot be presigned without its body, because its signature covers it: pass ${member} as text or bytes.`,
  );
}
