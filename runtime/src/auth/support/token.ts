import { processEnvironment } from "../../config/environment.js";
import type { ClientContext } from "../../features/context.js";
import { CredentialsError } from "../../errors/client.js";
import type { Service } from "../../schema/service.js";
import { RefreshingCredentialSource } from "../../credentials/refreshing-source.js";
import type { CredentialRequest, TokenIdentity, TokenOptions } from "../../credentials/types.js";

/** Where a client gets its bearer token from, at each attempt. */
export interface TokenSource {
  readonly isFromEnvironment: boolean;
  /** @throws CredentialsError where there is none that can be sent */
  get(request?: CredentialRequest): TokenIdentity | Promise<TokenIdentity>;
}

const sources = new WeakMap<ClientContext, TokenSource>();

/** The source of the client's option `token`, else of the environment; undefined where there is neither. */
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
        checkToken(await ask(token, forceRefresh), "The answer of the client's function token"),
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

/** The environment variable that holds a token for one service, as the official clients read it. */
export function tokenVariable({ signingName }: Pick<Service, "signingName">): string | undefined {
  return signingName && `AWS_BEARER_TOKEN_${signingName.replaceAll(/[^A-Za-z0-9]/g, "_").toUpperCase()}`;
}

async function ask(provider: Extract<TokenOptions["token"], Function>, forceRefresh: boolean): Promise<unknown> {
  try {
    return await provider(forceRefresh ? { forceRefresh } : {});
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    // Not its message: providers quote what they could not read, and that may be a secret.
    throw new CredentialsError(`The client's function token failed with ${name}, which is the cause`, { cause: error });
  }
}

/** Makes sure that what came is a token that a header can hold. A message never holds a value. */
function checkToken(answer: unknown, source: string): TokenIdentity {
  const { token, expiration } = (typeof answer === "object" && answer !== null ? answer : {}) as Partial<
    Record<keyof TokenIdentity, unknown>
  >;
  if (typeof token !== "string" || token === "") {
    throw new CredentialsError(`${source} must be { token: "…" }, with an expiration where it has one`);
  }
  if (!/^[\x21-\x7E]+$/.test(token)) {
    throw new CredentialsError(
      `${source} cannot be used: the token holds a space, a line break or another sign that cannot be sent`,
    );
  }
  if (expiration !== undefined && !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))) {
    throw new CredentialsError(`${source} must hold expiration as a valid Date or not at all`);
  }
  return answer as TokenIdentity;
}
