import type { Client } from "./client.js";
import type { ClientOptions } from "./options.js";
import { type ClientConfig, readClientConfig } from "../config/client-config.js";
import { processEnvironment } from "../config/environment.js";
import { createCredentialSource, type CredentialSource } from "../credentials/resolve.js";
import type { DiscoveredEndpoints } from "../features/endpoint-cache.js";
import type { OperationCodec, Operation, Service } from "../schema/service.js";
import type { RetryQuota } from "../retry/standard.js";
import type { RateLimiter } from "../retry/rate-limiter.js";
import { fills } from "../schema/defaults.js";
import type { CallSettings, ClientSetup } from "./settings.js";
import { SigningKeyCache } from "../signing/key.js";
import { RequestTarget } from "../endpoints/target.js";
import { asksForAccount, endpointParameters, missingRegion } from "../endpoints/resolve.js";
import { Clock } from "../time/clock.js";
import type { Transport } from "../transport/types.js";
import { createDefaultTransport } from "../transport/default.js";

/** Targets kept per client. Most services have one; those whose rules look at the input (buckets) have many. */
const maxTargets = 200;

type MaybePromise<Value> = Value | Promise<Value>;

/** What a client's calls share, made at the first of them. */
export function contextOf(client: Client): ClientContext {
  return (client.context ??= new ClientContext(client.setup));
}

/** What the calls of one client share. */
export class ClientContext {
  readonly service: Service;
  readonly options: ClientOptions;
  readonly settings: CallSettings;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
  readonly signingKeys = new SigningKeyCache();
  readonly transport: Transport;
  /** What retries are paid from; made when the first attempt fails. */
  retryQuota: RetryQuota | undefined;
  /** Endpoints that the service told; made at the first call of an operation that asks for one. */
  discovered: DiscoveredEndpoints | undefined;
  /** Paces attempts in the adaptive retry mode; made at the first call. */
  rateLimiter: RateLimiter | undefined;
  readonly #codecs = new WeakMap<Operation, OperationCodec>();
  readonly #targets = new Map<string, RequestTarget>();
  #config: MaybePromise<ClientConfig> | undefined;

  constructor({ service, options, settings }: ClientSetup) {
    this.service = service;
    this.options = options;
    this.settings = settings;
    this.clock = new Clock(options.systemClockOffset);
    this.transport =
      options.transport ??
      createDefaultTransport({
        dispatcher: options.dispatcher,
        proxy: options.proxy,
        maxResponseSize: options.maxResponseSize,
        maxConnections: options.maxConnections,
        connectTimeout: settings.limits.connectTimeout,
      });
    this.credentials = createCredentialSource(options.credentials, {
      environment: processEnvironment,
      now: () => this.clock.now(),
      region: options.region,
      logger: options.logger,
      transport: this.transport,
    });
  }

  /** The operation in the service's protocol, compiled at its first call. */
  codecOf(operation: Operation): MaybePromise<OperationCodec> {
    const codec = this.#codecs.get(operation);
    if (codec) return codec;
    return this.#compile(operation);
  }

  async #compile(operation: Operation): Promise<OperationCodec> {
    let codec = await this.service.protocol.compile(operation, this.service);
    if (fills(operation)) codec = (await import("../protocols/with-defaults.js")).withDefaults(codec, operation);
    this.#codecs.set(operation, codec);
    return codec;
  }

  /** Options and environment, read at the first call. A failed reading is tried anew by the next call. */
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

  /**
   * The account that the endpoint rules ask for, which only the credentials tell: at once where they are at hand, and
   * undefined for rules that do not ask.
   */
  accountOf(operation: Operation, config: ClientConfig, signal?: AbortSignal): MaybePromise<string | undefined> {
    if (operation.auth === "none" || !asksForAccount(this.service, config)) return undefined;
    const found = this.credentials.get({ signal });
    return found instanceof Promise ? found.then(({ accountId }) => accountId) : found.accountId;
  }

  /** Where a call goes: the endpoint rules run once for each set of parameters. */
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
      if (config.region === undefined && this.service.signingName !== undefined) throw missingRegion();
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
    if (!this.options.transport) await this.transport.close();
  }
}
