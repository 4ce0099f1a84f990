import { expiryProblem } from "./check.js";
import { CredentialsError } from "../errors/client.js";
import { abortError } from "../signals/deadline.js";
import { waitingForCredentials, within } from "../signals/within.js";
import type { AwsCredentialIdentity } from "../config/identity.js";
import type { CredentialRequest, CredentialSource } from "./types.js";

/**
 * Credentials are refreshed at least this many milliseconds before they expire, so that no request is signed at the
 * last moment.
 */
const refreshAhead = 5 * 60_000;

/**
 * Up to this many milliseconds earlier, at random, so that processes started together do not refresh at the same time.
 */
const refreshSpread = 60_000;

/** Min milliseconds between two background refreshes, so that a failing source is not overloaded. */
const refreshPause = 10_000;

/** Max milliseconds for a fetch: one that hangs must not block the client's later calls. */
const maxFetchTime = 60_000;

/** Fetches credentials. `forceRefresh` makes it bypass its own caches. */
export type LoadCredentials<Identity = AwsCredentialIdentity> = (request: {
  readonly forceRefresh: boolean;
}) => Promise<Identity>;

/**
 * Caches the result of a credentials function until five to six minutes before it expires. Then it is refreshed in the
 * background while it stays in use; a call waits only if it has expired. There is at most one fetch in flight, and one
 * that takes too long fails.
 */
export class RefreshingCredentialSource<
  Identity extends { readonly expiration?: Date } = AwsCredentialIdentity,
> implements CredentialSource<Identity> {
  readonly #load: LoadCredentials<Identity>;
  readonly #now: () => number;
  readonly #what: string;
  readonly #limit: number;
  readonly #ahead: number;
  #current: Identity | undefined;
  /** Milliseconds since 1970 when the current credentials are due for a refresh, and when they expire. */
  #renewAt = Infinity;
  #expiresAt = Infinity;
  #pending: Promise<Identity> | undefined;
  /**
   * Time limit of the fetch in flight. While a call waits, it keeps the process alive, because the fetch itself may
   * not.
   */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = 0;

  /**
   * @param what names the source in errors
   * @param limit max milliseconds for a fetch
   * @param ahead min milliseconds before they expire at which they are refreshed
   */
  constructor(
    load: LoadCredentials<Identity>,
    now: () => number,
    what = "The client's credentials function",
    limit: number = maxFetchTime,
    ahead: number = refreshAhead,
  ) {
    this.#load = load;
    this.#now = now;
    this.#what = what;
    this.#limit = limit;
    this.#ahead = ahead;
  }

  get({ signal, forceRefresh = false }: CredentialRequest = {}): Identity | Promise<Identity> {
    const current = this.#current;
    if (current && !forceRefresh) {
      if (this.#expiresAt === Infinity) return current;
      const now = this.#now();
      if (now < this.#expiresAt) {
        if (now >= this.#renewAt) this.#renewInBackground(now);
        return current;
      }
    }
    if (signal?.aborted) throw abortError(signal, waitingForCredentials);
    return this.#waitFor(this.#refresh(forceRefresh), signal);
  }

  async #waitFor(pending: Promise<Identity>, signal: AbortSignal | undefined): Promise<Identity> {
    this.#waiting++;
    this.#timer?.ref?.();
    try {
      return await within(pending, signal, waitingForCredentials);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#timer?.unref?.();
    }
  }

  #renewInBackground(now: number): void {
    this.#renewAt = now + refreshPause;
    this.#refresh(false).catch(() => {
      // The current credentials are still valid. If the source fails until they expire, the next call gets its error.
    });
  }

  #refresh(forceRefresh: boolean): Promise<Identity> {
    this.#pending ??= this.#fetch(forceRefresh).finally(() => {
      clearTimeout(this.#timer);
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #fetch(forceRefresh: boolean): Promise<Identity> {
    const late = new Promise<never>((_resolve, reject) => {
      const fail = (): void => {
        reject(new CredentialsError(`${this.#what} did not return within ${this.#limit} ms`));
      };
      this.#timer = setTimeout(fail, this.#limit);
      // In browsers, a timer is a number.
      this.#timer.unref?.();
    });
    const credentials = await Promise.race([this.#load({ forceRefresh }), late]);
    const problem = expiryProblem(credentials, this.#now());
    if (problem) throw new CredentialsError(`${this.#what} returned credentials that ${problem}`);
    this.#current = credentials;
    this.#expiresAt = credentials.expiration?.getTime() ?? Infinity;
    const ahead = this.#ahead + Math.random() * refreshSpread;
    // The source may return credentials that expire within that time: they are refreshed after the pause at the
    // earliest.
    this.#renewAt = Math.max(this.#expiresAt - ahead, this.#now() + refreshPause);
    return credentials;
  }
}
