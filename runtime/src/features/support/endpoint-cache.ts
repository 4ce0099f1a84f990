/** An endpoint that the service told, and until when it holds. */
export interface DiscoveredEndpoint {
  /** Host and, where it is given, port or a whole URL. */
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Endpoints kept where nothing else is said: one for each key. */
const defaultSize = 1000;

/** The endpoints that a service told, each asked for once while it holds. */
export class DiscoveredEndpoints {
  readonly #endpoints = new Map<string, Promise<DiscoveredEndpoint>>();
  readonly #now: () => number;
  readonly #size: number;

  /** @param size endpoints kept at most */
  constructor(now: () => number, size = defaultSize) {
    this.#now = now;
    this.#size = size;
  }

  /** The endpoint of a key: the known one, or that of the request under way, or that which `discover` finds. */
  async get(key: string, discover: () => Promise<DiscoveredEndpoint>): Promise<string> {
    const known = this.#endpoints.get(key);
    if (known) {
      const { address, expires } = await known;
      if (this.#now() < expires) return address;
      if (this.#endpoints.get(key) === known) this.#endpoints.delete(key);
    }
    const found = this.#endpoints.get(key) ?? this.#ask(key, discover);
    return (await found).address;
  }

  /** Forgets an endpoint, unless another has taken its place already. */
  async evict(key: string, address: string): Promise<void> {
    const known = this.#endpoints.get(key);
    if (!known || (await known).address !== address) return;
    if (this.#endpoints.get(key) === known) this.#endpoints.delete(key);
  }

  #ask(key: string, discover: () => Promise<DiscoveredEndpoint>): Promise<DiscoveredEndpoint> {
    const oldest = this.#endpoints.keys().next();
    if (this.#endpoints.size >= this.#size && !oldest.done) this.#endpoints.delete(oldest.value);
    const found = discover();
    this.#endpoints.set(key, found);
    // Those who wait learn of the failure; the next call asks anew.
    found.catch(() => {
      if (this.#endpoints.get(key) === found) this.#endpoints.delete(key);
    });
    return found;
  }
}
