import { ConfigurationError } from "../errors/client.js";
import type { HttpRequest } from "../schema/http.js";
import { algorithm, canonicalRequestOf, hashPayload, signableHeaderNames, unsignedPayload } from "./canonical.js";
import { formatSigningDate } from "./date.js";
import { escapeUri } from "./escape.js";
import { hmacSha256Hex, sha256Hex } from "./hash.js";
import { credentialScope, deriveSigningKey } from "./key.js";
import type { SignedRequest } from "./sign.js";
import type { FormOptions, SigningAlgorithm, SigningOptions } from "./types.js";

export interface PresigningOptions extends Omit<SigningOptions, "signBody" | "date"> {
  /** When the signature is made. Default now. */
  readonly date?: Date | undefined;
  /** Seconds that the request stays valid, 1 to 604,800 (a week). Default 900. */
  readonly expiresIn?: number | undefined;
}

const maxLifetime = 604_800;

/** The query parameters of a signature. */
const signatureParameters: ReadonlySet<string> = new Set([
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Expires",
  "X-Amz-Region-Set",
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
  const symmetric = symmetricAlgorithm(options);
  const { stringToSign, scope, finish } = prepareQuery(request, options, symmetric);
  return finish(symmetric.sign(stringToSign, scope));
}

/** Like {@link presignRequest}, by the algorithm in the options. */
export async function presignInSteps(
  request: HttpRequest,
  options: PresigningOptions & Pick<FormOptions, "algorithm">,
): Promise<SignedRequest> {
  const { algorithm: by = symmetricAlgorithm(options) } = options;
  const { stringToSign, scope, finish } = prepareQuery(request, options, by);
  return finish(await by.sign(stringToSign, scope));
}

/** @throws ConfigurationError for a time beyond the bounds of the specification */
export function checkExpiry(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxLifetime) {
    throw new ConfigurationError(`expiresIn must be a whole number of seconds from 1 to ${maxLifetime}`);
  }
}

function symmetricAlgorithm(options: PresigningOptions): {
  readonly name: string;
  scope(signingDate: string): string;
  sign(text: string, scope: string): string;
} {
  const { credentials, region, service, keyCache } = options;
  return {
    name: algorithm,
    scope: (signingDate) => credentialScope(signingDate, region, service),
    sign(text, scope) {
      const key = keyCache?.get(credentials, scope) ?? deriveSigningKey(credentials.secretAccessKey, scope);
      return hmacSha256Hex(key, text);
    },
  };
}

/** A request with everything in its query but the signature. */
interface PreparedQuery {
  readonly stringToSign: string;
  readonly scope: string;
  finish(signature: string): SignedRequest;
}

function prepareQuery(request: HttpRequest, options: PresigningOptions, by: SigningAlgorithm): PreparedQuery {
  const { credentials, expiresIn = 900, omitSessionToken } = options;
  checkExpiry(expiresIn);
  const signingDate = formatSigningDate(options.date ?? new Date());
  const scope = by.scope(signingDate);

  const { authorization: _, "x-amz-date": __, "x-amz-security-token": ___, ...headers } = request.headers;
  const signedHeaders = signableHeaderNames(headers);
  const token = credentials.sessionToken && `X-Amz-Security-Token=${escapeUri(credentials.sessionToken)}`;
  const parameters = request.query.split("&").filter((parameter) => parameter !== "" && !isOfSignature(parameter));
  parameters.push(
    `X-Amz-Algorithm=${by.name}`,
    `X-Amz-Credential=${escapeUri(`${credentials.accessKeyId}/${scope}`)}`,
    `X-Amz-Date=${signingDate}`,
    `X-Amz-SignedHeaders=${escapeUri(signedHeaders.join(";"))}`,
    `X-Amz-Expires=${expiresIn}`,
  );
  if (token && !omitSessionToken) parameters.push(token);
  if (by.regionSet) parameters.push(`X-Amz-Region-Set=${escapeUri(by.regionSet.join(","))}`);

  const { method, path } = request;
  const query = parameters.join("&");
  const stated = headers["x-amz-content-sha256"];
  const isUnsigned = options.unsignedPayload || (request.stream && stated === undefined);
  const payloadHash = isUnsigned ? unsignedPayload : (stated ?? hashPayload(request.body));
  const parts = { method, path, query, headers, signedHeaders, payloadHash };
  const canonicalRequest = canonicalRequestOf(parts, options);
  const stringToSign = `${by.name}\n${signingDate}\n${scope}\n${sha256Hex(canonicalRequest)}`;
  return {
    stringToSign,
    scope,
    finish(signature) {
      if (token && omitSessionToken) parameters.push(token);
      parameters.push(`X-Amz-Signature=${signature}`);
      return {
        request: { ...request, headers, query: parameters.join("&") },
        steps: { canonicalRequest, stringToSign, signature },
      };
    },
  };
}

function isOfSignature(parameter: string): boolean {
  return signatureParameters.has(parameter.split("=", 1)[0] ?? "");
}
