import { plainConventions } from "../call/conventions/plain.js";
import type { ClientConfig } from "../config/client-config.js";
import { plainConfig } from "../config/plain-config.js";
import { CredentialsError } from "../errors/client.js";
import { SharedContext } from "./context.js";

/** The state of a client of a service outside AWS: its options are all that configures it. */
export class PlainContext extends SharedContext {
  readonly conventions = plainConventions;

  get credentials(): never {
    return this.#fail();
  }

  get signingKeys(): never {
    return this.#fail();
  }

  accountOf(): undefined {}

  protected readConfig(): ClientConfig {
    return plainConfig(this.options, this.service);
  }

  /** Identities are options of the auth schemes. */
  #fail(): never {
    throw new CredentialsError(
      `Clients of ${this.service.name} sign no requests, because its model does not require it`,
    );
  }
}
