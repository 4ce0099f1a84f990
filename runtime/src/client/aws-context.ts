import { awsConventions } from "../call/conventions/aws.js";
import { type ClientConfig, readClientConfig } from "../config/client-config.js";
import { processEnvironment } from "../config/environment.js";
import type { ClientOptions } from "../config/options.js";
import { createCredentialSource, type CredentialSource } from "../credentials/resolve.js";
import { needsAccount } from "../endpoints/aws-built-ins.js";
import type { Operation } from "../schema/service.js";
import { SigningKeyCache } from "../signing/key.js";
import { type MaybePromise, SharedContext } from "./context.js";
import type { ClientSetup } from "./settings.js";

/** The state of a client of AWS: a Region, credentials, and settings from the environment and the profile. */
export class AwsContext extends SharedContext {
  readonly conventions = awsConventions;
  readonly credentials: CredentialSource;
  readonly signingKeys = new SigningKeyCache();

  constructor(setup: ClientSetup<ClientOptions>) {
    super(setup);
    const { credentials, logger, region } = this.options;
    this.credentials = createCredentialSource(credentials, {
      environment: processEnvironment,
      now: () => this.clock.now(),
      region,
      logger,
      transport: this.transport,
    });
  }

  protected readConfig(): MaybePromise<ClientConfig> {
    return readClientConfig(this.options, this.service, processEnvironment);
  }

  /** Only the credentials contain the account ID. */
  accountOf(operation: Operation, config: ClientConfig, signal?: AbortSignal): MaybePromise<string | undefined> {
    if (operation.auth === "none" || !needsAccount(this.service, config)) return undefined;
    const found = this.credentials.get({ signal });
    return found instanceof Promise ? found.then(({ accountId }) => accountId) : found.accountId;
  }
}
