import { ConfigurationError } from "../errors/client.js";
import type { CallContext } from "../features/context.js";
import { featureData } from "../features/feature.js";
import type { HttpRequest } from "../schema/http.js";
import { escapeUri } from "../signing/escape.js";

/** Headers that the sender's HTTP client sets by itself. */
const ownOfClients: ReadonlySet<string> = new Set(["user-agent"]);

/** The request of a call in a form that others can send. */
export interface TransferableRequest {
  readonly request: HttpRequest;
  readonly unsignedPayload: boolean;
}

/**
 * The request of a call as others can send it: as much as possible in the URL.
 *
 * @param more headers that the sender has to send, too
 */
export function transferableRequest(context: CallContext, more: Readonly<Record<string, string>>): TransferableRequest {
  const { client, operation } = context;
  const { stream, ...request } = context.request;
  if (stream) throw streamed(context);
  const headers = Object.fromEntries(
    Object.entries({ ...request.headers, ...lowerCase(more) }).filter(([name]) => !ownOfClients.has(name)),
  );
  if (client.service.presignedUrls === "s3") {
    return { request: hoisted({ ...request, headers }), unsignedPayload: true };
  }
  const isBodyOpen = featureData(operation, "streamed-input") !== undefined && request.body === undefined;
  if (isBodyOpen && !operation.unsignedPayload) throw bodyNeeded(context);
  return { request: withFormInQuery({ ...request, headers }), unsignedPayload: false };
}

/**
 * Amazon S3: `x-amz-` headers become query parameters, so that the sender does not need them. The service requires those
 * of server-side encryption as headers.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
function hoisted(request: HttpRequest): HttpRequest {
  const headers: Record<string, string> = {};
  const parameters = request.query === "" ? [] : [request.query];
  for (const [name, value] of Object.entries(request.headers)) {
    if (!name.startsWith("x-amz-") || name.startsWith("x-amz-server-side-encryption")) headers[name] = value;
    else parameters.push(`${escapeUri(name)}=${escapeUri(value)}`);
  }
  parameters.push("X-Amz-Content-Sha256=UNSIGNED-PAYLOAD");
  return { ...request, headers, query: parameters.join("&") };
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
