import type { AuthScheme } from "../../auth/auth-scheme.js";
import type { Operation } from "../../schema/service.js";
import { asSent, schemesOf } from "../identity.js";
import type { LocalServiceSettings } from "../options.js";
import type { CompleteRequest } from "../receive.js";
import { verdictOn } from "./accepted.js";
import { secretIn } from "./sent.js";
import { Unauthorized } from "./unauthorized.js";

const digestAuth = "smithy.api#httpDigestAuth";

/**
 * Whether a request has an identity of one of its operation's schemes, such as an API key.
 *
 * @throws Unauthorized for one that is not accepted
 */
export function verifyIdentity(
  request: CompleteRequest,
  operation: Operation,
  settings: LocalServiceSettings,
): boolean {
  const sent = asSent(request);
  const found = identitiesOf(operation, settings).flatMap((scheme) => {
    const secret = secretIn(sent, scheme);
    return secret === undefined ? [] : { scheme, verdict: verdictOn(scheme, secret, request, settings) };
  });
  const [first] = found;
  if (!first || found.some(({ verdict }) => verdict === "accepted")) return first !== undefined;
  const what = whatOf([first.scheme], settings);
  const isStale = found.some(({ verdict }) => verdict === "stale");
  throw new Unauthorized(
    isStale ? "The nonce of the digest has expired" : `The local service does not accept ${what} of the request`,
    challengeOf(request, operation, settings, isStale),
  );
}

/**
 * An operation whose requests are not signed requires an identity. Without `logins`, HTTP Digest is not challenged.
 *
 * @throws Unauthorized
 */
export function requireIdentity(request: CompleteRequest, operation: Operation, settings: LocalServiceSettings): void {
  const schemes = identitiesOf(operation, settings);
  const hasDigest = schemes.some(({ id }) => id === digestAuth);
  if (schemes.length === 0 || (hasDigest && !settings.logins)) return;
  const message = `${operation.name} requires ${whatOf(schemes, settings)}`;
  throw new Unauthorized(message, challengeOf(request, operation, settings, false));
}

/** Schemes of plug-ins may not report whether a signed request holds their identity. */
function identitiesOf(operation: Operation, { service: { service } }: LocalServiceSettings): readonly AuthScheme[] {
  const isSigned = service.signingName !== undefined;
  return schemesOf(operation, service).filter(({ id }) => !isSigned || id.startsWith("smithy.api#"));
}

function whatOf(schemes: readonly AuthScheme[], { service: { service } }: LocalServiceSettings): string {
  return schemes.map(({ id, lacks }) => lacks?.({ service }).what ?? id).join(" or ");
}

/** Only HTTP Digest needs one; others would make browsers ask for a password. */
function challengeOf(
  request: CompleteRequest,
  operation: Operation,
  settings: LocalServiceSettings,
  isStale: boolean,
): string | undefined {
  const hasDigest = identitiesOf(operation, settings).some(({ id }) => id === digestAuth);
  return hasDigest && settings.logins ? settings.digests.challenge(request, isStale) : undefined;
}
