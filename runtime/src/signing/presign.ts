import { ConfigurationError } from "../errors/client.js";
import type { HttpRequest } from "../schema/http.js";
import { signableHeaderNames, hashPayload, unsignedPayload, algorithm, signParts } from "./canonical.js";
import { formatSigningDate } from "./date.js";
import { escapeUri } from "./escape.js";
import type { SignedRequest } from "./sign.js";
import { credentialScope, deriveSigningKey } from "./key.js";
import type { SigningOptions } from "./types.js";

export interface PresigningOptions extends Omit<SigningOptions, "signBody" | "date"> {
  /** When the signature is made. Default now. */
  readonly date?: Date | undefined;
  /** Seconds that the request stays valid, 1 to 604,800 (a week). Default 900. */
  readonly expiresIn?: number | undefined;
}

const longestLife = 604_800;

/** The query parameters of a signature. */
const signatureParameters: ReadonlySet<string> = new Set([
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
]);

/**
 * Signs a request with AWS Signature Version 4 in its query, so that others can send it by URL. Method, headers and
 * body must be sent as they are here. An existing signature, in headers or query, is replaced.
 */
export function presignRequest(request: HttpRequest, options: PresigningOptions): HttpRequest {
  return presignRequestInSteps(request, options).request;
}

/** Like {@link presignRequest}, and returns the intermediate steps. */
export function presignRequestInSteps(request: HttpRequest, options: PresigningOptions): SignedRequest {
  const { credentials, expiresIn = 900, omitSessionToken } = options;
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > longestLife) {
    throw new ConfigurationError(`expiresIn must be a whole number of seconds from 1 to ${longestLife}`);
  }
  const signingDate = formatSigningDate(options.date ?? new Date());
  const scope = credentialScope(signingDate, options.region, options.service);
  const key = options.keyCache?.get(credentials, scope) ?? deriveSigningKey(credentials.secretAccessKey, scope);

  const { authorization: _, "x-amz-date": __, "x-amz-security-token": ___, ...headers } = request.headers;
  const signedHeaders = signableHeaderNames(headers);
  const token = credentials.sessionToken && `X-Amz-Security-Token=${escapeUri(credentials.sessionToken)}`;
  const parameters = request.query.split("&").filter((parameter) => parameter !== "" && !isOfSignature(parameter));
  parameters.push(
    `X-Amz-Algorithm=${algorithm}`,
    `X-Amz-Credential=${escapeUri(`${credentials.accessKeyId}/${scope}`)}`,
    `X-Amz-Date=${signingDate}`,
    `X-Amz-SignedHeaders=${escapeUri(signedHeaders.join(";"))}`,
    `X-Amz-Expires=${expiresIn}`,
  );
  if (token && !omitSessionToken) parameters.push(token);

  const { method, path } = request;
  const query = parameters.join("&");
  const stated = headers["x-amz-content-sha256"];
  const isUnsigned = options.unsignedPayload || (request.stream && stated === undefined);
  const payloadHash = isUnsigned ? unsignedPayload : (stated ?? hashPayload(request.body));
  const steps = signParts(
    { method, path, query, headers, signedHeaders, payloadHash },
    key,
    signingDate,
    scope,
    options,
  );
  if (token && omitSessionToken) parameters.push(token);
  parameters.push(`X-Amz-Signature=${steps.signature}`);
  return { request: { ...request, headers, query: parameters.join("&") }, steps };
}

function isOfSignature(parameter: string): boolean {
  return signatureParameters.has(parameter.split("=", 1)[0] ?? "");
}
