/** Chooses how a request is authenticated. Loaded by the first call of a service that has more than one way to it. */
import type { Exchange } from "./attempt.js";
import { tokenSourceOf } from "./credentials/token.js";
import type { AuthScheme } from "./schema/operation.js";
import type { SigningTarget } from "./target.js";
import type { HttpRequest } from "./transport/types.js";

type SignFor = (signing: SigningTarget | undefined, exchange: Exchange) => HttpRequest | Promise<HttpRequest>;

/**
 * Authenticates by the first scheme that there is an identity for: credentials can always be looked for, a token is there
 * or not. A token comes first where it is all that the caller has given, or where the environment has one for this service,
 * as in the official clients.
 */
export async function signByScheme(
  exchange: Exchange,
  schemes: readonly AuthScheme[],
  signFor: SignFor,
): Promise<HttpRequest> {
  const { core, operation, target } = exchange;
  const token = schemes.includes("bearer") ? tokenSourceOf(core) : undefined;
  const isPreferred = token && (token.isFromEnvironment || core.options.credentials === undefined);
  const usable = isPreferred ? "bearer" : schemes.find((scheme) => scheme !== "bearer" || token);
  if (usable === "bearer" || usable === undefined) {
    if (!token && operation.auth === "optional") return exchange.request;
    const { sendToken } = await import("./credentials/send-token.js");
    return sendToken(token, exchange);
  }
  const { signing } = target;
  const isAsymmetric = usable === "sigv4a" && signing && !signing.isGiven;
  return signFor(isAsymmetric ? { ...signing, regionSet: [signing.region] } : signing, exchange);
}
