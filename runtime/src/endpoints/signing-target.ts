import { missingRegion } from "./missing-region.js";
import type { RequestTarget } from "./target.js";
import { unsupportedScheme } from "./unsupported-scheme.js";
import type { Service } from "../schema/service.js";

/** The scope that a request to an endpoint is signed for. */
export interface SigningTarget {
  readonly region: string;
  /** Signing name. */
  readonly service: string;
  readonly doubleEncodePath?: boolean;
  /** The Regions that a signature of version 4A is valid for, if the endpoint lists them. */
  readonly regionSet?: readonly string[];
}

const known = new WeakMap<RequestTarget, Record<string, SigningTarget | undefined>>();

/**
 * The scope is in the entry of the endpoint's `authSchemes` for the scheme that signs; if the endpoint has no entries,
 * in the service's traits. Undefined for a service that is not signed.
 *
 * @param scheme name of the scheme that signs
 * @see https://smithy.io/2.0/aws/rules-engine/auth-schemes.html
 */
export function signingTargetOf(target: RequestTarget, service: Service, scheme: string): SigningTarget | undefined {
  let found = known.get(target);
  if (!found) known.set(target, (found = {}));
  return (found[scheme] ??= makeSigningTarget(target, service, scheme));
}

function makeSigningTarget(
  { url, authSchemes, region }: RequestTarget,
  service: Service,
  scheme: string,
): SigningTarget | undefined {
  const entry = authSchemes.find(({ name }) => name === scheme);
  if (authSchemes.length > 0 && !entry) throw unsupportedScheme(url, authSchemes);
  const name = (entry?.["signingName"] as string | undefined) ?? service.signingName;
  if (name === undefined) return undefined;
  const regionSet = entry?.["signingRegionSet"] as readonly string[] | undefined;
  const signingRegion = regionSet?.join(",") ?? (entry?.["signingRegion"] as string | undefined) ?? region;
  if (signingRegion === undefined) throw missingRegion();
  return {
    region: signingRegion,
    service: name,
    ...(regionSet && { regionSet }),
    ...(entry?.["disableDoubleEncoding"] === true && { doubleEncodePath: false }),
  };
}
