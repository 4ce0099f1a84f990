import type { AWSError } from "../types.js";

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

export function asPromise(start: (done: (error?: AWSError) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
