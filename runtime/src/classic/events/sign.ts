import { signRequest } from "../../signing/sign.js";
import type { SigningCredentials } from "../../signing/types.js";
import type { SigningTarget } from "../../endpoints/signing-target.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import type { RequestContext } from "./exchange.js";
import { removeHeader, setHeader, wireHeaders } from "./headers.js";
import { findCredentials, isSigned } from "./identity.js";
import { byteLength, wireRequest } from "../http-request.js";

/** Signs each attempt anew, as the request then is. */
export function addSigning(exchange: RequestContext): void {
  const { request } = exchange;
  const { response } = request;

  request.onAsync("sign", (_request, done) => {
    const { signing } = exchange;
    if (!signing || !isSigned(exchange)) return done();
    findCredentials(exchange, (error, credentials) => {
      const failure = credentials ? sign(exchange, signing, credentials) : error;
      if (failure) response.error = failure;
      done();
    });
  });
}

/** @returns why the request cannot be signed, where it cannot */
function sign(exchange: RequestContext, signing: SigningTarget, credentials: SigningCredentials): AWSError | undefined {
  const { request } = exchange;
  const { service, httpRequest } = request;
  const { config } = service;
  const { headers, body } = httpRequest;
  const isS3Like = signing.doubleEncodePath === false;
  const date = service.getSkewCorrectedDate();
  try {
    if (signing.regionSet) {
      throw new Error("This endpoint asks for AWS Signature Version 4A, which only the functions of the package make");
    }
    for (const name of ["authorization", "date", "x-amz-date", "x-amz-security-token"]) removeHeader(headers, name);
    // A listener may have changed the body since.
    if (wireHeaders(headers)["content-length"] !== undefined) setHeader(headers, "content-length", byteLength(body));
    if (exchange.payloadHash !== undefined && wireHeaders(headers)[hashHeader] === exchange.payloadHash) {
      removeHeader(headers, hashHeader);
    }
    const isGiven = wireHeaders(headers)[hashHeader] !== undefined;
    const signed = signRequest(wireRequest(httpRequest), {
      region: httpRequest.region ?? signing.region,
      service: signing.service,
      credentials,
      date,
      doubleEncodePath: signing.doubleEncodePath,
      normalizePath: signing.doubleEncodePath,
      // The original sends the hash to every service.
      signBody: true,
      unsignedPayload:
        !isGiven &&
        (exchange.operation?.unsignedPayload ||
          (isS3Like && config.s3DisableBodySigning && httpRequest.endpoint.protocol === "https:")),
      keyCache: config.signatureCache ? service.signingKeys : undefined,
    });
    for (const name of ["x-amz-date", "x-amz-security-token", hashHeader, "authorization"]) {
      const value = signed.headers[name];
      if (value !== undefined) setHeader(headers, name, value);
    }
    if (!isGiven) exchange.payloadHash = signed.headers[hashHeader];
    exchange.signedAt = date.getTime();
    return undefined;
  } catch (error) {
    return awsError(new Error(), error as Error);
  }
}

const hashHeader = "x-amz-content-sha256";
