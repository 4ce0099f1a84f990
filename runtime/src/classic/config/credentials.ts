import type { AWSError } from "../types.js";

/** Keys that requests are signed with, as `credentials` of the configuration takes them. */
export interface CredentialsOptions {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** How many seconds before they expire credentials are refreshed. */
const expiryWindow = 15;

/** Keys that requests are signed with. Classes that extend it and can refresh them override {@link refresh}. */
export class Credentials implements CredentialsOptions {
  accessKeyId: string;
  declare secretAccessKey: string;
  sessionToken: string | undefined;
  /** True once a service has rejected them as expired. */
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
    // Not enumerable, so that it is not printed with the object.
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

  /** Refreshes them where that is needed, then calls back. */
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

  /** Fetches new ones. Static ones cannot be refreshed. */
  refresh(callback: (error?: AWSError) => void): void {
    this.expired = false;
    callback();
  }

  refreshPromise(): Promise<void> {
    return asPromise((done) => this.refresh(done));
  }
}

/** Credentials that refresh themselves: objects of {@link Credentials} and of the classes of AWS SDK v2. */
export interface RefreshableCredentials extends CredentialsOptions {
  expired: boolean;
  get(callback: (error?: AWSError) => void): void;
}

export function isRefreshable(credentials: object): credentials is RefreshableCredentials {
  return "get" in credentials && typeof credentials.get === "function";
}

/** Resolves credentials: a {@link CredentialProviderChain}, or one of AWS SDK v2. */
export interface CredentialResolver {
  resolve(callback: (error: AWSError | null, credentials?: CredentialsOptions) => void): unknown;
}

export function asPromise(start: (done: (error?: AWSError) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
