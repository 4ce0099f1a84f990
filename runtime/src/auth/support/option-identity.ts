import type { CallContext, ClientContext } from "../../features/context.js";
import { CredentialsError } from "../../errors/client.js";
import { RefreshingCredentialSource } from "../../credentials/refreshing-source.js";
import type { CredentialSource } from "../../credentials/types.js";

/** An identity that is an option of a client: a value, or a function that returns it. */
export interface OptionIdentity<Identity> {
  /** Undefined if the option is not set. @throws CredentialsError for an invalid value */
  sourceOf(client: ClientContext): CredentialSource<Identity> | undefined;
  /** Calls the function of the option for another identity. False if it returns the same, or if the option is a value. */
  renew(context: CallContext): Promise<boolean>;
}

interface Expiring {
  readonly expiration?: Date;
}

/**
 * @param option name of the option
 * @param check returns a valid identity; messages name `source`, and never contain the value
 * @throws CredentialsError by `check`
 */
export function optionIdentity<Identity extends Expiring>(
  option: string,
  check: (value: unknown, source: string) => Identity,
): OptionIdentity<Identity> {
  const sources = new WeakMap<ClientContext, CredentialSource<Identity>>();
  const given = ({ options }: ClientContext): unknown => (options as Readonly<Record<string, unknown>>)[option];

  const create = (value: unknown, client: ClientContext): CredentialSource<Identity> => {
    if (typeof value !== "function") {
      const identity = check(value, `The client's option ${option}`);
      return { get: () => identity };
    }
    const what = `The client's function ${option}`;
    const load = async ({ forceRefresh }: { forceRefresh: boolean }): Promise<Identity> =>
      check(await callProvider(value as Provider, forceRefresh, what), `The result of the client's function ${option}`);
    return new RefreshingCredentialSource(load, () => client.clock.now(), what);
  };

  const sourceOf = (client: ClientContext): CredentialSource<Identity> | undefined => {
    const value = given(client);
    if (value === undefined) return undefined;
    let source = sources.get(client);
    if (!source) sources.set(client, (source = create(value, client)));
    return source;
  };

  return {
    sourceOf,
    async renew({ client, signal }) {
      if (typeof given(client) !== "function") return false;
      const source = sourceOf(client);
      const used = await source?.get({ signal });
      return secretOf(used) !== secretOf(await source?.get({ signal, forceRefresh: true }));
    },
  };
}

type Provider = (request: { readonly forceRefresh?: true }) => unknown;

async function callProvider(provider: Provider, forceRefresh: boolean, what: string): Promise<unknown> {
  try {
    return await provider(forceRefresh ? { forceRefresh } : {});
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    // Without the provider's message, which may quote an unreadable secret.
    throw new CredentialsError(`${what} failed with ${name}, which is the cause`, { cause: error });
  }
}

/** @throws CredentialsError for an expiration that is not a date */
export function checkExpiration({ expiration }: { readonly expiration?: unknown }, source: string): void {
  if (expiration === undefined || (expiration instanceof Date && !Number.isNaN(expiration.getTime()))) return;
  throw new CredentialsError(`${source} must have a valid Date as expiration, or none`);
}

/** The identity for a comparison. */
function secretOf(identity: Expiring | undefined): string {
  return JSON.stringify({ ...identity, expiration: undefined });
}
