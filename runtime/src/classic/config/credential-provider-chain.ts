import { nextTick } from "../../time/real-ticks.js";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "../../config/identity.js";
import { awsError } from "../aws-error.js";
import { asPromise, type CredentialsOptions, isRefreshable } from "./credentials.js";
import { providedFrom, usualCredentials } from "./provided-credentials.js";
import type { AWSError } from "../types.js";

/** A provider of a chain: credentials, or a function that returns them or a promise of them. */
export type CredentialProvider =
  | CredentialsOptions
  | (() => CredentialsOptions | Promise<CredentialsOptions & { readonly expiration?: Date | undefined }>);

/** Tries one provider after the other, up to the first that has credentials. */
export class CredentialProviderChain {
  /** The default providers of a chain. */
  static defaultProviders: CredentialProvider[] = [() => usualCredentials({})];
  providers: CredentialProvider[];
  #pending: Promise<CredentialsOptions> | undefined;

  constructor(providers: CredentialProvider[] = [...CredentialProviderChain.defaultProviders]) {
    this.providers = providers;
  }

  resolve(callback: (error: AWSError | null, credentials?: CredentialsOptions) => void): this {
    this.resolvePromise().then(
      // Not in the promise: what the callback throws must reach the process.
      (credentials) => nextTick(callback, null, credentials),
      (error: unknown) => nextTick(callback, error as AWSError),
    );
    return this;
  }

  /** Callers share the search in flight. */
  resolvePromise(): Promise<CredentialsOptions> {
    this.#pending ??= this.#search().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #search(): Promise<CredentialsOptions> {
    let failure: unknown = awsError(new Error("No providers"), { code: "CredentialsError" });
    for (const provider of this.providers) {
      try {
        return await callProvider(provider);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}

async function callProvider(provider: CredentialProvider): Promise<CredentialsOptions> {
  const given = typeof provider === "function" ? await provider() : provider;
  // Credentials that expire are resolved again, also those of a provider function of the official packages.
  const ends = !isRefreshable(given) && "expiration" in given && typeof provider === "function";
  const found = ends ? providedFrom(given as AwsCredentialIdentity, provider as AwsCredentialIdentityProvider) : given;
  if (isRefreshable(found)) await asPromise((done) => found.get(done));
  if (found.accessKeyId && found.secretAccessKey) return found;
  throw awsError(new Error("Missing credentials"), { code: "CredentialsError" });
}
