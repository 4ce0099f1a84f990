import { processEnvironment } from "../../config/environment.js";
import type { ClientContext } from "../../features/context.js";
import { CredentialsError } from "../../errors/client.js";
import type { Service } from "../../schema/service.js";
import type { TokenIdentity } from "../../config/identity.js";
import type { CredentialSource } from "../../credentials/types.js";
import { checkExpiration, optionIdentity } from "./option-identity.js";

/** The client's option `token`. */
export const optionToken = /* @__PURE__ */ optionIdentity("token", checkToken);

/** The token of the environment, for a service of AWS; undefined if there is none. */
export function environmentToken({
  service,
}: Pick<ClientContext, "service">): CredentialSource<TokenIdentity> | undefined {
  const variable = tokenVariable(service);
  const text = variable && processEnvironment.env[variable];
  if (!text) return undefined;
  const identity = checkToken(text, `The environment variable ${variable}`);
  return { get: () => identity };
}

/** The environment variable that contains a token for one service, as the official clients read it. */
export function tokenVariable({ signingName }: Pick<Service, "signingName">): string | undefined {
  return signingName && `AWS_BEARER_TOKEN_${signingName.replaceAll(/[^A-Za-z0-9]/g, "_").toUpperCase()}`;
}

/** Checks that a value is a token that a header can contain. A message never contains a value. */
function checkToken(value: unknown, source: string): TokenIdentity {
  const identity = (typeof value === "string" ? { token: value } : (value ?? {})) as Partial<TokenIdentity>;
  const { token } = identity;
  if (typeof token !== "string" || token === "") {
    throw new CredentialsError(`${source} must be a token or { token: "…" }, with an optional expiration`);
  }
  if (!/^[\x21-\x7E]+$/.test(token)) {
    throw new CredentialsError(
      `${source} cannot be used: the token contains a space, a line break or another invalid character`,
    );
  }
  checkExpiration(identity, source);
  return { ...identity, token };
}
