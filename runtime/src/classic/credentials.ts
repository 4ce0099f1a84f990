import { processEnvironment } from "../config/environment.js";
import type { AwsCredentialIdentity } from "../credentials/types.js";
import { awsError } from "./aws-error.js";
import { connectionOf } from "./transport.js";
import type { AWSError } from "./types.js";

/** Keys that requests are signed with, as `credentials` of the configuration takes them. */
export interface CredentialsOptions {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** Seconds before their end from which on credentials are renewed. */
const expiryWindow = 15;

/** Keys that requests are signed with. Classes that extend it and can renew them override {@link refresh}. */
export class Credentials implements CredentialsOptions {
  accessKeyId: string;
  declare secretAccessKey: string;
  sessionToken: string | undefined;
  /** Set where a service has refused them as expired. */
  expired = false;
  expireTime: Date | null = null;
  expiryWindow: number = expiryWindow;

  constructor(options: CredentialsOptions | { readonly credentials: CredentialsOptions });
  constructor(accessKeyId: string, secretAccessKey: string, sessionToken?: string);
  constructor(
    first: string | CredentialsOptions | { readonly credentials: CredentialsOptions },
    secretAccessKey = "",
    sessionToken?: string,
  ) {
    const given =
      typeof first === "string"
        ? { accessKeyId: first, secretAccessKey, sessionToken }
        : "credentials" in first
          ? first.credentials
          : first;
    this.accessKeyId = given.accessKeyId;
    this.sessionToken = given.sessionToken;
    // Out of the way of what prints objects.
    Object.defineProperty(this, "secretAccessKey", {
      value: given.secretAccessKey,
      enumerable: false,
      writable: true,
      configurable: true,
    });
  }

  needsRefresh(): boolean {
    const isEnding = this.expireTime !== null && Date.now() + this.expiryWindow * 1000 > this.expireTime.getTime();
    return isEnding || this.expired || !this.accessKeyId || !this.secretAccessKey;
  }

  /** Renews them where that is needed, and then calls back. */
  get(callback: (error?: AWSError) => void): void {
    if (!this.needsRefresh()) return callback();
    this.refresh((error) => {
      if (!error) this.expired = false;
      callback(error);
    });
  }

  getPromise(): Promise<void> {
    return asPromise((done) => this.get(done));
  }

  /** Fetches new ones. Those that were given cannot be renewed. */
  refresh(callback: (error?: AWSError) => void): void {
    this.expired = false;
    callback();
  }

  refreshPromise(): Promise<void> {
    return asPromise((done) => this.refresh(done));
  }
}

/** A place where a chain looks: credentials, or a function that gives them, also by a promise. */
export type CredentialProvider =
  | CredentialsOptions
  | (() => CredentialsOptions | Promise<CredentialsOptions & { readonly expiration?: Date | undefined }>);

/** Asks one provider after the other; the first that has credentials serves. */
export class CredentialProviderChain {
  /** What a chain asks that is given no providers. */
  static defaultProviders: CredentialProvider[] = [usualCredentials];
  providers: CredentialProvider[];
  #pending: Promise<CredentialsOptions> | undefined;

  constructor(providers: CredentialProvider[] = [...CredentialProviderChain.defaultProviders]) {
    this.providers = providers;
  }

  resolve(callback: (error: AWSError | null, credentials?: CredentialsOptions) => void): this {
    this.resolvePromise().then(
      // Not in the promise: what the callback throws is to reach the process as it is.
      (credentials) => process.nextTick(callback, null, credentials),
      (error: unknown) => process.nextTick(callback, error as AWSError),
    );
    return this;
  }

  /** Whoever asks while a search is under way waits for that one. */
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
        return await askProvider(provider);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}

/** Those of the environment, of profiles, of the machine: what a client without credentials looks for. */
async function usualCredentials(): Promise<AwsCredentialIdentity> {
  const { createDefaultChain } = await import("../credentials/default-chain.js");
  const { transport } = connectionOf({});
  const context = { environment: processEnvironment, now: Date.now, region: undefined, logger: undefined, transport };
  return createDefaultChain(context)({ forceRefresh: false });
}

async function askProvider(provider: CredentialProvider): Promise<CredentialsOptions> {
  const found = typeof provider === "function" ? await provider() : provider;
  if (isRefreshable(found)) await asPromise((done) => found.get(done));
  if (found.accessKeyId && found.secretAccessKey) return found;
  throw awsError(new Error("Missing credentials"), { code: "CredentialsError" });
}

/** What renews itself: objects of {@link Credentials} and of the original's classes. */
export interface RefreshableCredentials extends CredentialsOptions {
  expired: boolean;
  get(callback: (error?: AWSError) => void): void;
}

export function isRefreshable(credentials: object): credentials is RefreshableCredentials {
  return "get" in credentials && typeof credentials.get === "function";
}

/** What can resolve credentials: a {@link CredentialProviderChain}, or one of the original. */
export interface CredentialResolver {
  resolve(callback: (error: AWSError | null, credentials?: CredentialsOptions) => void): unknown;
}

function asPromise(start: (done: (error?: AWSError) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
