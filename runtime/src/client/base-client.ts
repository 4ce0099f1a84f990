import type { SharedContext } from "./context.js";

/**
 * Configuration and connections of one service's client. Holds no operations, so that a bundle keeps only the
 * functions it calls. Share one client; it is safe for concurrent calls.
 */
export abstract class BaseClient {
  /** The state that its calls share. For the runtime only. */
  readonly context: SharedContext;

  /** Name of the service; generated clients narrow it, so that an operation takes its own service's client only. */
  readonly service: string;

  protected constructor(context: SharedContext) {
    this.service = context.service.name;
    this.context = context;
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
    await this.context.close();
  }
}
