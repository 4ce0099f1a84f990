import { expiryProblem } from "./check.js";
import { CredentialsError } from "../errors/client.js";
import { abortError } from "../signals/deadline.js";
import { waitingForCredentials, within } from "../signals/within.js";
import type { AwsCredentialIdentity, CredentialRequest, CredentialSource } from "./types.js";

/** Credentials are renewed from this long before their end on at the latest, in milliseconds: no request is signed in the last moment. */
const refreshAhead = 5 * 60_000;

/** Up to this much sooner still, in milliseconds, by chance: processes that started together do not all ask at once. */
const refreshSpread = 60_000;

/** Shortest time between two renewals in the background, in milliseconds, so that a failing source is not besieged. */
const refreshPause = 10_000;

/** Longest time that a fetch may take, in milliseconds: what hangs must not hold up the client's later calls as well. */
const longestFetch = 60_000;

/** Fetches credentials; `forceRefresh` asks it to pass over caches of its own. */
export type LoadCredentials<Identity = AwsCredentialIdentity> = (request: {
  readonly forceRefresh: boolean;
}) => Promise<Identity>;

/**
 * Keeps what a function of credentials answers, until five to six minutes before it expires. Then it is renewed in the
 * background while it still serves; only once it has expired does a call wait. However many calls want credentials,
 * one fetch is under way; one that takes too long is given up.
 */
export class RefreshingCredentialSource<
  Identity extends { readonly expiration?: Date } = AwsCredentialIdentity,
> implements CredentialSource<Identity> {
  readonly #load: LoadCredentials<Identity>;
  readonly #now: () => number;
  readonly #what: string;
  readonly #limit: number;
  #current: Identity | undefined;
  /** Milliseconds since 1970 from which on the current credentials are renewed, and from which on they are of no use. */
  #renewAt = Infinity;
  #expiresAt = Infinity;
  #pending: Promise<Identity> | undefined;
  /** Of the fetch under way. It keeps the process alive, as nothing else of a fetch need do, while a call waits. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = 0;

  /** @param what who is asked, for the error; @param limit milliseconds that it may take */
  constructor(
    load: LoadCredentials<Identity>,
    now: () => number,
    what = "The client's credentials function",
    limit: number = longestFetch,
  ) {
    this.#load = load;
    this.#now = now;
    this.#what = what;
    this.#limit = limit;
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
      // The current credentials still serve. Should the source fail until they expire, a call gets its error.
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
        reject(new CredentialsError(`${this.#what} did not answer within ${this.#limit} ms, and was given up`));
      };
      this.#timer = setTimeout(fail, this.#limit);
      // A number in browsers.
      this.#timer.unref?.();
    });
    const credentials = await Promise.race([this.#load({ forceRefresh }), late]);
    const problem = expiryProblem(credentials, this.#now());
    if (problem) throw new CredentialsError(`${this.#what} returned credentials that ${problem}`);
    this.#current = credentials;
    this.#expiresAt = credentials.expiration?.getTime() ?? Infinity;
    const ahead = refreshAhead + Math.random() * refreshSpread;
    // A source may hand out what expires within that time: it is then renewed no sooner than after the pause.
    this.#renewAt = Math.max(this.#expiresAt - ahead, this.#now() + refreshPause);
    return credentials;
  }
}
