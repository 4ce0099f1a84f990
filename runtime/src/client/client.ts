import { clientOptionNames } from "./option-names.js";
import type { ClientContext } from "./context.js";
import { refuseUnknownOptions } from "./check-options.js";
import type { Service } from "../schema/service.js";
import { type ClientSetup, setUp } from "./settings.js";
import type { ClientOptions } from "./options.js";

/** The calls of a client, as a whole. */
export interface Calls {
  running: number;
  /** Called once none is under way. */
  onIdle: (() => void) | undefined;
  /** What `close` gives, once it was called. */
  closing: Promise<void> | undefined;
}

/**
 * Configuration and connections of one service's client. Holds no operations, so that a bundle keeps only the
 * functions it calls. Share one client; it is safe for concurrent calls.
 */
export class Client {
  /** What it was made with, checked. This and what follows to `service` is not for use outside the runtime. */
  readonly setup: ClientSetup;

  /** What its calls share; made by the first of them, with the code that makes calls. */
  context: ClientContext | undefined;

  /** Its calls under way, and whether more may begin. */
  readonly calls: Calls = { running: 0, onIdle: undefined, closing: undefined };

  /** Name of the service; generated clients narrow it, so that an operation takes its own service's client only. */
  readonly service: string;

  constructor(service: Service, options: ClientOptions = {}) {
    const own = Object.keys(service.endpointOptions ?? {});
    if (service.takesToken) own.push("token");
    const known = own.length === 0 ? clientOptionNames : new Set([...clientOptionNames, ...own]);
    refuseUnknownOptions(options, known, `${service.name}Client`);
    this.service = service.name;
    this.setup = setUp(service, options);
  }

  /**
   * Closes the connections that this client opened, once the calls under way have ended, whatever they are at: give them
   * a `deadline` or a `signal` where that should not take long. A call that is begun afterwards fails.
   */
  close(): Promise<void> {
    this.calls.closing ??= this.#close();
    return this.calls.closing;
  }

  async #close(): Promise<void> {
    const { calls } = this;
    if (calls.running > 0) {
      await new Promise<void>((resolve) => {
        calls.onIdle = resolve;
      });
    }
    await this.context?.close();
  }
}
