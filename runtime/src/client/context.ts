import { type ClientConfig, readClientConfig } from "../config/client-config.js";
import { processEnvironment } from "../config/environment.js";
import type { CallOptions, CallSettings, ClientOptions } from "../config/options.js";
import { invokeWith } from "../call/invoke.js";
import { createCredentialSource, type CredentialSource } from "../credentials/resolve.js";
import { asksForAccount, endpointParameters, missingRegion } from "../endpoints/resolve.js";
import { RequestTarget } from "../endpoints/target.js";
import type { Calls, ClientContext } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import type { RetryStrategy } from "../retry/strategy.js";
import type { OperationCodec, Operation, Service } from "../schema/service.js";
import { SigningKeyCache } from "../signing/key.js";
import { Clock } from "../time/clock.js";
import { createDefaultTransport } from "../transport/default.js";
import type { Transport } from "../schema/http.js";
import { callSettings, type ClientSetup } from "./settings.js";

/** Endpoints cached for each client. Most services have one; those whose rules read the input (buckets) have many. */
const maxTargets = 200;

type MaybePromise<Value> = Value | Promise<Value>;

/** The state that the calls of one client share. */
export class SharedContext implements ClientContext {
  readonly service: Service;
  readonly options: ClientOptions;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
  readonly signingKeys = new SigningKeyCache();
  readonly transport: Transport;
  readonly ownTransports = new Set<Transport>();
  readonly calls: Calls = { running: 0, onIdle: undefined, closing: undefined };
  retries: RetryStrategy | undefined;
  readonly #settings: CallSettings;
  readonly #codecs = new WeakMap<Operation, OperationCodec>();
  readonly #targets = new Map<string, RequestTarget>();
  #config: MaybePromise<ClientConfig> | undefined;

  constructor({ service, options, settings }: ClientSetup) {
    this.service = service;
    this.options = options;
    this.#settings = settings;
    this.clock = new Clock(options.systemClockOffset);
    let { transport } = options;
    if (!transport) {
      transport = createDefaultTransport({
        dispatcher: options.dispatcher,
        proxy: options.proxy,
        maxResponseSize: options.maxResponseSize,
        maxConnections: options.maxConnections,
        connectTimeout: settings.limits.connectTimeout,
      });
      this.ownTransports.add(transport);
    }
    this.transport = transport;
    this.credentials = createCredentialSource(options.credentials, {
      environment: processEnvironment,
      now: () => this.clock.now(),
      region: options.region,
      logger: options.logger,
      transport: this.transport,
    });
  }

  settingsFor(options: CallOptions | undefined, { name }: Operation): CallSettings {
    return callSettings(this.#settings, options, name);
  }

  invoke(operation: Operation, input: object): Promise<object> {
    return invokeWith(this, operation, input);
  }

  codecOf(operation: Operation): OperationCodec {
    const known = this.#codecs.get(operation);
    if (known) return known;
    let codec = this.service.protocol.compile(operation, this.service);
    for (const feature of featuresOf(operation))
      if (feature.codec) codec = feature.codec(codec, operation, this.service);
    this.#codecs.set(operation, codec);
    return codec;
  }

  /** After a failure the next call reads again. */
  config(): MaybePromise<ClientConfig> {
    this.#config ??= this.#readConfig();
    return this.#config;
  }

  #readConfig(): MaybePromise<ClientConfig> {
    const config = readClientConfig(this.options, this.service, processEnvironment);
    return config instanceof Promise ? this.#settleConfig(config) : config;
  }

  async #settleConfig(reading: Promise<ClientConfig>): Promise<ClientConfig> {
    try {
      return (this.#config = await reading);
    } catch (error) {
      this.#config = undefined;
      throw error;
    }
  }

  /** Only the credentials contain the account ID. */
  accountOf(operation: Operation, config: ClientConfig, signal?: AbortSignal): MaybePromise<string | undefined> {
    if (operation.auth === "none" || !asksForAccount(this.service, config)) return undefined;
    const found = this.credentials.get({ signal });
    return found instanceof Promise ? found.then(({ accountId }) => accountId) : found.accountId;
  }

  /** The endpoint rules run once for each set of parameters. */
  targetOf(operation: Operation, input: object, config: ClientConfig, account?: string): RequestTarget {
    const perInput =
      account !== undefined ||
      operation.staticContextParams !== undefined ||
      operation.contextParams !== undefined ||
      operation.operationContextParams !== undefined;
    const parameters = perInput ? endpointParameters(this.service, operation, input, config, account) : undefined;
    const key = parameters ? JSON.stringify(parameters) : "";
    let target = this.#targets.get(key);
    if (!target) {
      if (config.region === undefined && this.service.signingName !== undefined) {
        throw missingRegion(config.fileProblems);
      }
      const endpoint = this.service.resolveEndpoint(
        parameters ?? endpointParameters(this.service, operation, input, config),
      );
      target = new RequestTarget(endpoint, this.service, config.region);
      if (this.#targets.size >= maxTargets) this.#targets.clear();
      this.#targets.set(key, target);
    }
    return target;
  }

  async close(): Promise<void> {
    for (const transport of this.ownTransports) await transport.close();
  }
}
