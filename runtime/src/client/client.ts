import type { ClientOptions } from "../config/options.js";
import type { ClientContext } from "../features/context.js";
import type { Service } from "../schema/service.js";
import { SharedContext } from "./context.js";
import { setUp } from "./settings.js";

/**
 * Configuration and connections of one service's client. Holds no operations, so that a bundle keeps only the
 * functions it calls. Share one client; it is safe for concurrent calls.
 */
export class Client {
  /** The state that its calls share. For the runtime only. */
  readonly context: ClientContext;

  /** Name of the service; generated clients narrow it, so that an operation takes its own service's client only. */
  readonly service: string;

  readonly #context: SharedContext;

  constructor(service: Service, options: ClientOptions = {}) {
    this.service = service.name;
    this.context = this.#context = new SharedContext(setUp(service, options));
  }

  /**
   * Closes the connections that this client opened, once the calls in flight have ended: set a `deadline` or a `signal`
   * on them to limit the wait. A call that starts afterwards fails.
   */
  close(): Promise<void> {
    return (this.context.calls.closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const { calls } = this.context;
    if (calls.running > 0) {
      await new Promise<void>((resolve) => {
        calls.onIdle = resolve;
      });
    }
    await this.#context.close();
  }
}
