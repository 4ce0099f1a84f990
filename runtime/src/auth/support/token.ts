import { processEnvironment } from "../../config/environment.js";
import type { ClientContext } from "../../features/context.js";
import { CredentialsError } from "../../errors/client.js";
import type { Service } from "../../schema/service.js";
import { RefreshingCredentialSource } from "../../credentials/refreshing-source.js";
import type { TokenIdentity, TokenOptions } from "../../config/identity.js";
import type { CredentialRequest } from "../../credentials/types.js";

/** Provides a client's bearer token for each attempt. */
export interface TokenSource {
  readonly isFromEnvironment: boolean;
  /** @throws CredentialsError if there is no valid token */
  get(request?: CredentialRequest): TokenIdentity | Promise<TokenIdentity>;
}

const sources = new WeakMap<ClientContext, TokenSource>();

/** The source of the client's option `token`, else of the environment; undefined if neither is set. */
export function tokenSourceOf(client: ClientContext): TokenSource | undefined {
  const known = sources.get(client);
  if (known) return known;
  const source = createTokenSource(client);
  if (source) sources.set(client, source);
  return source;
}

function createTokenSource({ options, service, clock }: ClientContext): TokenSource | undefined {
  const { token } = options as TokenOptions;
  if (typeof token === "function") {
    const source = new RefreshingCredentialSource(
      async ({ forceRefresh }) =>
        checkToken(await ask(token, forceRefresh), "The result of the client's function token"),
      () => clock.now(),
      "The client's function token",
    );
    return { isFromEnvironment: false, get: (request) => source.get(request) };
  }
  const variable = tokenVariable(service);
  const text = variable === undefined ? undefined : processEnvironment.env[variable];
  if (token === undefined && !text) return undefined;
  const identity =
    token === undefined
      ? checkToken({ token: text }, `The environment variable ${variable}`)
      : checkToken(token, "The client's option token");
  return { isFromEnvironment: token === undefined, get: () => identity };
}

/** The environment variable that contains a token for one service, as the official clients read it. */
export function tokenVariable({ signingName }: Pick<Service, "signingName">): string | undefined {
  return signingName && `AWS_BEARER_TOKEN_${signingName.replaceAll(/[^A-Za-z0-9]/g, "_").toUpperCase()}`;
}

async function ask(provider: Extract<TokenOptions["token"], Function>, forceRefresh: boolean): Promise<unknown> {
  try {
    return await provider(forceRefresh ? { forceRefresh } : {});
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    // Without the provider's message, which may quote an unreadable secret.
    throw new CredentialsError(`The client's function token failed with ${name}, which is the cause`, { cause: error });
  }
}

/** Checks that a value is a token that a header can contain. A message never contains a value. */
function checkToken(answer: unknown, source: string): TokenIdentity {
  const { token, expiration } = (typeof answer === "object" && answer !== null ? answer : {}) as Partial<
    Record<keyof TokenIdentity, unknown>
  >;
  if (typeof token !== "string" || token === "") {
    throw new CredentialsError(`${source} must be { token: "…" }, with an optional expiration`);
  }
  if (!/^[\x21-\x7E]+$/.test(token)) {
    throw new CredentialsError(
      `${source} cannot be used: the token contains a space, a line break or another invalid character`,
    );
  }
  if (expiration !== undefined && !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))) {
    throw new CredentialsError(`${source} must have a valid Date as expiration, or none`);
  }
  return answer as TokenIdentity;
}
