import { nextTick } from "../../time/real-ticks.js";
import { processEnvironment } from "../../config/environment.js";
import { expiryProblem } from "../../credentials/check.js";
import { RefreshingCredentialSource } from "../../credentials/refreshing-source.js";
import { createCredentialSource } from "../../credentials/resolve.js";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "../../config/identity.js";
import type { CredentialContext, CredentialSource } from "../../credentials/types.js";
import type { Transport } from "../../schema/http.js";
import { Credentials } from "./credentials.js";
import { connectionOf } from "../transport.js";
import type { HttpOptions } from "./options.js";
import type { AWSError } from "../types.js";

/** Credentials from a function or the default chain, refreshed when they expire. One fetch serves all callers that wait. */
export class ProvidedCredentials extends Credentials {
  readonly #source: CredentialSource;

  constructor(source: CredentialSource) {
    super("", "");
    this.#source = source;
  }

  /** The source itself knows when its credentials expire, and refreshes them before that. */
  override needsRefresh(): boolean {
    return true;
  }

  override refresh(callback: (error?: AWSError) => void): void {
    const forceRefresh = this.expired;
    Promise.resolve()
      .then(() => this.#source.get({ forceRefresh }))
      .then(
        // Not in the promise: what the callback throws must reach the process.
        (found) =>
          nextTick(() => {
            this.#take(found);
            callback();
          }),
        (error: unknown) => nextTick(callback, error as AWSError),
      );
  }

  #take({ accessKeyId, secretAccessKey, sessionToken, expiration }: AwsCredentialIdentity): void {
    Object.assign(this, { accessKeyId, secretAccessKey, sessionToken, expireTime: expiration ?? null });
  }
}

/** The options that the default chain uses. */
export interface SearchOptions {
  readonly region?: string | undefined;
  readonly systemClockOffset?: number | undefined;
  readonly httpOptions?: HttpOptions | undefined;
}

/** Credentials of a provider function of the AWS SDK v3 packages. */
export function providedBy(provider: AwsCredentialIdentityProvider, options: SearchOptions): ProvidedCredentials {
  return new ProvidedCredentials(createCredentialSource(provider, contextOf(options)));
}

/** Like {@link providedBy}, for a function that has returned credentials already. Expired ones are not used. */
export function providedFrom(
  given: AwsCredentialIdentity,
  provider: AwsCredentialIdentityProvider,
): ProvidedCredentials {
  let first = expiryProblem(given, Date.now()) === undefined ? given : undefined;
  const load = async (): Promise<AwsCredentialIdentity> => {
    const next = first ?? (await provider());
    first = undefined;
    return next;
  };
  return new ProvidedCredentials(new RefreshingCredentialSource(load, Date.now));
}

/** Programs make many service objects, even one for each call: those with the same search share it. */
const searches = new WeakMap<Transport, Map<string | undefined, ProvidedCredentials>>();

/** Credentials of the default chain: the environment, profiles, the machine. */
export function usualCredentials(options: SearchOptions): ProvidedCredentials {
  const context = contextOf(options);
  let byRegion = searches.get(context.transport);
  if (!byRegion) searches.set(context.transport, (byRegion = new Map()));
  let found = byRegion.get(options.region);
  if (!found)
    byRegion.set(options.region, (found = new ProvidedCredentials(createCredentialSource(undefined, context))));
  return found;
}

export function contextOf({ region, systemClockOffset = 0, httpOptions }: SearchOptions): CredentialContext {
  return {
    environment: processEnvironment,
    now: () => Date.now() + systemClockOffset,
    region,
    logger: undefined,
    transport: connectionOf({ httpOptions }).transport,
  };
}
