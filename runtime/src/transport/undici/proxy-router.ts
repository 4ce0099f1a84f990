/** Loaded only if there is a proxy. Its agents need the whole package. */
import { Agent, type Dispatcher, ProxyAgent } from "undici";
import { checkProxyVariables, proxyAuthorization, proxyOf } from "../proxy.js";

/**
 * Sends each request through the proxy for its origin. undici's `EnvHttpProxyAgent` does not accept a user without a
 * password, a bare `%` or a proxy without a scheme.
 */
export class ProxyRouter {
  readonly #option: string | undefined;
  readonly #options: Agent.Options;
  readonly #direct: Agent;
  readonly #agents = new Map<string, ProxyAgent>();

  /** @throws ConfigurationError for an invalid variable of the environment */
  constructor(setting: string | true, options: Agent.Options) {
    this.#option = setting === true ? undefined : setting;
    this.#options = options;
    this.#direct = new Agent(options);
    if (setting === true) checkProxyVariables();
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const proxy = proxyOf(String(options.origin), this.#option);
    return (proxy ? this.#agentOf(proxy) : this.#direct).dispatch(options, handler);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#direct, ...this.#agents.values()].map((agent) => agent.destroy()));
  }

  #agentOf(proxy: URL): ProxyAgent {
    let agent = this.#agents.get(proxy.href);
    if (!agent) {
      const token = proxyAuthorization(proxy);
      agent = new ProxyAgent({ ...this.#options, uri: proxy.origin, ...(token !== undefined && { token }) });
      this.#agents.set(proxy.href, agent);
    }
    return agent;
  }
}
