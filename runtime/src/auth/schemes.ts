/** Chooses how a request is authenticated. Loaded by the first call of a service that has more than one way to it. */
import type { CallContext } from "../call/context.js";
import { tokenSourceOf } from "./token.js";
import type { AuthScheme } from "../schema/service.js";
import type { SigningTarget } from "../endpoints/target.js";
import type { HttpRequest } from "../transport/types.js";

type SignFor = (signing: SigningTarget | undefined, exchange: CallContext) => HttpRequest | Promise<HttpRequest>;

/**
 * Authenticates by the first scheme that there is an identity for: credentials can always be looked for, a token is there
 * or not. A token comes first where it is all that the caller has given, or where the environment has one for this service,
 * as in the official clients.
 */
export async function signByScheme(
  exchange: CallContext,
  schemes: readonly AuthScheme[],
  signFor: SignFor,
): Promise<HttpRequest> {
  const { client, operation, target } = exchange;
  const token = schemes.includes("bearer") ? tokenSourceOf(client) : undefined;
  const isPreferred = token && (token.isFromEnvironment || client.options.credentials === undefined);
  const usable = isPreferred ? "bearer" : schemes.find((scheme) => scheme !== "bearer" || token);
  if (usable === "bearer" || usable === undefined) {
    if (!token && operation.auth === "optional") return exchange.request;
    const { sendToken } = await import("./bearer.js");
    return sendToken(token, exchange);
  }
  const { signing } = target;
  const isAsymmetric = usable === "sigv4a" && signing && !signing.isGiven;
  return signFor(isAsymmetric ? { ...signing, regionSet: [signing.region] } : signing, exchange);
}
