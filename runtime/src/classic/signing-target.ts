import { signingTargetOf, type SigningTarget } from "../endpoints/signing-target.js";
import type { RequestTarget } from "../endpoints/target.js";
import type { Service } from "../schema/service.js";

/** The scope of the scheme that an endpoint prefers, as a service object shows it before the request is signed. */
export function preferredSigningTarget(target: RequestTarget, service: Service): SigningTarget | undefined {
  return signingTargetOf(target, service, target.authSchemes[0]?.name ?? "");
}
