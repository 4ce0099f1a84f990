import { awsBuiltIns } from "../endpoints/aws-built-ins.js";
import { endpointParameters } from "../endpoints/resolve.js";
import type { EndpointAuthScheme } from "../endpoints/target.js";
import { EndpointError } from "../errors/index.js";
import type { Operation, Service } from "../schema/service.js";
import { unsignedPayload } from "../signing/canonical.js";
import { type Authentic, verifyRequest } from "../signing/verify.js";
import { RejectionError } from "./rejection.js";
import { requireIdentity, verifyIdentity } from "./identities/verify.js";
import type { LocalServiceSettings } from "./options.js";
import { headerOf } from "./protocols/http/headers.js";
import type { CompleteRequest } from "./receive.js";

/**
 * Verifies the signature of a request, or another identity. Undefined without a signature.
 *
 * @throws RejectionError for a request that is not authentic
 */
export function authenticate(
  request: CompleteRequest,
  operation: Operation,
  settings: LocalServiceSettings,
): Authentic | undefined {
  const {
    service: { service },
    credentials,
    clock,
  } = settings;
  const { signingName } = service;
  if (operation.auth === "none" || verifyIdentity(request, operation, settings)) return undefined;
  if (operation.auth === "optional" && !isSigned(request)) return undefined;
  if (signingName === undefined) {
    requireIdentity(request, operation, settings);
    return undefined;
  }
  const scheme = endpointScheme(service, operation);
  const isEncodedOnce = scheme?.["disableDoubleEncoding"] === true;
  const result = verifyRequest(request, {
    lookup: (accessKeyId) => credentials.find((known) => known.accessKeyId === accessKeyId),
    service: (scheme?.["signingName"] as string | undefined) ?? signingName,
    now: new Date(clock()),
    doubleEncodePath: !isEncodedOnce,
    normalizePath: !isEncodedOnce,
    payloadHash: declaredHash(request, operation, isEncodedOnce),
  });
  if (!result.ok) throw new RejectionError(result.code, 400, result.message);
  return result;
}

function isSigned(request: CompleteRequest): boolean {
  return headerOf(request, "authorization") !== undefined || /(^|&)X-Amz-Signature=/.test(request.query);
}

/** How the service's requests are signed, by its endpoint rules: S3 encodes paths once. */
function endpointScheme(service: Service, operation: Operation): EndpointAuthScheme | undefined {
  const names = Object.values(operation.contextParams ?? {});
  // Any values: they only have to be accepted by the rules.
  const input = Object.fromEntries(names.map((name) => [name, "000000000000"]));
  const settings = {
    region: "us-east-1",
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    endpoint: "http://127.0.0.1",
    endpointParameters: {},
  };
  try {
    const { properties } = service.resolveEndpoint(
      endpointParameters(service, operation, input, settings, awsBuiltIns(settings)),
    );
    return (properties?.["authSchemes"] as readonly EndpointAuthScheme[] | undefined)?.[0];
  } catch (error) {
    if (error instanceof EndpointError) return undefined;
    throw error;
  }
}

/**
 * What the signature covers instead of the hash of the whole body; undefined for that hash. S3 and operations with
 * `aws.auth#unsignedPayload` allow unsigned bodies. A stream is compared with its hash while it is read.
 */
function declaredHash(request: CompleteRequest, operation: Operation, isS3: boolean): string | undefined {
  const declared = headerOf(request, "x-amz-content-sha256");
  const mayBeUnsigned = isS3 || operation.unsignedPayload === true || request.source !== undefined;
  if (declared === undefined) {
    const isPresigned = /(^|&)X-Amz-Signature=/.test(request.query);
    return mayBeUnsigned && isPresigned ? unsignedPayload : undefined;
  }
  if (declared === unsignedPayload || declared.startsWith("STREAMING-")) return mayBeUnsigned ? declared : undefined;
  return request.source ? declared : undefined;
}
