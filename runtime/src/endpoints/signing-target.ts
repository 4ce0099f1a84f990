import { missingRegion } from "./aws-built-ins.js";
import type { RequestTarget } from "./target.js";
import { unsupportedScheme } from "./unsupported-scheme.js";
import type { Service } from "../schema/service.js";

/** The scope that a request to an endpoint is signed for. */
export interface SigningTarget {
  readonly region: string;
  /** Signing name. */
  readonly service: string;
  readonly doubleEncodePath?: boolean;
  /** The Regions that a signature of version 4A is valid for; undefined for version 4. */
  readonly regionSet?: readonly string[];
}

const known = new WeakMap<RequestTarget, SigningTarget>();

/**
 * The scope is in the `sigv4` or `sigv4a` entry of the endpoint's `authSchemes`; without such an entry, in the
 * service's traits. Undefined for a service that is not signed.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/auth-schemes.html
 */
export function signingTargetOf(target: RequestTarget, service: Service): SigningTarget | undefined {
  const found = known.get(target);
  if (found) return found;
  const made = makeSigningTarget(target, service);
  if (made) known.set(target, made);
  return made;
}

function makeSigningTarget({ url, authSchemes, region }: RequestTarget, service: Service): SigningTarget | undefined {
  const scheme = authSchemes.find(({ name }) => name === "sigv4" || name === "sigv4a");
  if (authSchemes.length > 0 && !scheme) throw unsupportedScheme(url, authSchemes);
  const name = (scheme?.["signingName"] as string | undefined) ?? service.signingName;
  if (name === undefined) return undefined;
  const isAsymmetric = scheme?.name === "sigv4a";
  const regionSet = isAsymmetric ? (scheme["signingRegionSet"] as readonly string[] | undefined) : undefined;
  const signingRegion = regionSet?.join(",") ?? (scheme?.["signingRegion"] as string | undefined) ?? region;
  if (signingRegion === undefined) throw missingRegion();
  return {
    region: signingRegion,
    service: name,
    ...(isAsymmetric && { regionSet: regionSet ?? [signingRegion] }),
    ...(scheme?.["disableDoubleEncoding"] === true && { doubleEncodePath: false }),
  };
}
