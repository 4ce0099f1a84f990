import { isClientsmithError } from "../../errors/base.js";
import type { RequestTarget } from "../../endpoints/target.js";
import type { CallContext } from "../../features/context.js";
import type { HttpRequest } from "../../schema/http.js";
import { unsupportedScheme } from "../../endpoints/unsupported-scheme.js";
import type { AuthScheme, IdentityOrigin } from "../auth-scheme.js";

const byPreference: readonly IdentityOrigin[] = ["environment", "option", "chain"];

/**
 * The request of an attempt, signed by the first scheme that has an identity. Returns no promise if the identity is
 * available already: a promise would slow down every call.
 *
 * @see https://smithy.io/2.0/spec/authentication-traits.html#auth-trait
 */
export function authenticate(context: CallContext): HttpRequest | Promise<HttpRequest> {
  const { client, operation, request } = context;
  const scheme = schemeOf(context);
  if (!scheme) return request;
  const identity = scheme.identity(client);
  if (operation.auth !== "optional" || identity === "environment" || identity === "option") return scheme.sign(context);
  return identity === "none" ? request : signIfPossible(scheme, context);
}

/** The scheme that signs the attempts of a call; undefined if they are sent unsigned. */
export function schemeOf({ client, operation, target }: CallContext): AuthScheme | undefined {
  if (operation.auth === "none") return undefined;
  const offered = (operation.authSchemes ?? client.service.authSchemes ?? []) as readonly AuthScheme[];
  const usable = target.authSchemes.length === 0 ? offered : chosenByEndpoint(offered, target);
  if (usable.length < 2) return usable[0];
  for (const origin of byPreference) {
    const found = usable.find((scheme) => scheme.identity(client) === origin);
    if (found) return found;
  }
  return usable[0];
}

/** The schemes of the service; of each family the one that the endpoint lists first. */
function chosenByEndpoint(offered: readonly AuthScheme[], { url, authSchemes }: RequestTarget): readonly AuthScheme[] {
  const chosen = new Set<AuthScheme>();
  for (const scheme of offered) {
    const named = authSchemes.filter(({ name }) => name.startsWith(scheme.family));
    const first = named
      .map(({ name }) => offered.find((each) => each.name === name))
      .find((each) => each !== undefined);
    if (first || named.length === 0) chosen.add(first ?? scheme);
  }
  if (chosen.size === 0 && offered.length > 0) throw unsupportedScheme(url, authSchemes);
  return [...chosen];
}

/** Without credentials, an operation with optional auth is sent unsigned. */
async function signIfPossible(scheme: AuthScheme, context: CallContext): Promise<HttpRequest> {
  try {
    return await scheme.sign(context);
  } catch (error) {
    if (isClientsmithError(error) && error.code === "Credentials") return context.request;
    throw error;
  }
}
