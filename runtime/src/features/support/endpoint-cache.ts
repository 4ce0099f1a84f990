/** A discovered endpoint and its expiration. */
export interface DiscoveredEndpoint {
  /** Host with an optional port, or a whole URL. */
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Default max number of cached endpoints, one for each key. */
const defaultSize = 1000;

/** Cache of discovered endpoints. Each is requested once while it is valid. */
export class DiscoveredEndpoints {
  readonly #endpoints = new Map<string, Promise<DiscoveredEndpoint>>();
  readonly #now: () => number;
  readonly #size: number;

  /** @param size max number of cached endpoints */
  constructor(now: () => number, size = defaultSize) {
    this.#now = now;
    this.#size = size;
  }

  /** The endpoint of a key: the cached one, or that of the request in flight, or the one that `discover` returns. */
  async get(key: string, discover: () => Promise<DiscoveredEndpoint>): Promise<string> {
    const known = this.#endpoints.get(key);
    if (known) {
      const { address, expires } = await known;
      if (this.#now() < expires) return address;
      if (this.#endpoints.get(key) === known) this.#endpoints.delete(key);
    }
    const found = this.#endpoints.get(key) ?? this.#discover(key, discover);
    return (await found).address;
  }

  /** Removes an endpoint, unless another has replaced it already. */
  async evict(key: string, address: string): Promise<void> {
    const known = this.#endpoints.get(key);
    if (!known || (await known).address !== address) return;
    if (this.#endpoints.get(key) === known) this.#endpoints.delete(key);
  }

  #discover(key: string, discover: () => Promise<DiscoveredEndpoint>): Promise<DiscoveredEndpoint> {
    const oldest = this.#endpoints.keys().next();
    if (this.#endpoints.size >= this.#size && !oldest.done) this.#endpoints.delete(oldest.value);
    const found = discover();
    this.#endpoints.set(key, found);
    // Waiting calls get the error; the next call discovers again.
    found.catch(() => {
      if (this.#endpoints.get(key) === found) this.#endpoints.delete(key);
    });
    return found;
  }
}
