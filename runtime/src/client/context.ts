import type { ClientConfig } from "../config/client-config.js";
import type { CallOptions, CallSettings, ClientOptions } from "../config/options.js";
import { invokeWith } from "../call/invoke.js";
import type { CredentialSource } from "../credentials/types.js";
import { endpointParameters } from "../endpoints/resolve.js";
import { RequestTarget } from "../endpoints/target.js";
import type { Calls, ClientContext, Conventions } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import type { RetryStrategy } from "../retry/strategy.js";
import type { EndpointParameters, OperationCodec, Operation, Service } from "../schema/service.js";
import type { SigningKeyCache } from "../signing/key.js";
import { Clock } from "../time/clock.js";
import { createDefaultTransport } from "../transport/default.js";
import type { Transport } from "../schema/http.js";
import { callSettings, type ClientSetup } from "./settings.js";

/** Endpoints cached for each client. Most services have one; those whose rules read the input (buckets) have many. */
const maxTargets = 200;

export type MaybePromise<Value> = Value | Promise<Value>;

/** The state that the calls of one client share, whatever the provider of its service. */
export abstract class SharedContext implements ClientContext {
  abstract readonly conventions: Conventions;
  abstract readonly credentials: CredentialSource;
  abstract readonly signingKeys: SigningKeyCache;
  readonly service: Service;
  readonly options: ClientOptions;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly otherTransports = new Map<string, Transport>();
  readonly calls: Calls = { running: 0, onIdle: undefined, closing: undefined };
  retries: RetryStrategy | undefined;
  readonly #setup: ClientSetup;
  readonly #codecs = new WeakMap<Operation, OperationCodec>();
  readonly #targets = new Map<string, RequestTarget>();
  #config: MaybePromise<ClientConfig> | undefined;

  constructor(setup: ClientSetup<ClientOptions>) {
    const { options } = setup;
    this.service = setup.service;
    this.options = options;
    this.#setup = setup;
    this.clock = new Clock(options.systemClockOffset);
    this.transport =
      options.transport ?? createDefaultTransport({ ...options, connectTimeout: setup.settings.limits.connectTimeout });
  }

  protected abstract readConfig(): MaybePromise<ClientConfig>;

  settingsFor(options: CallOptions | undefined, { name }: Operation): CallSettings {
    return callSettings(this.#setup, options, name);
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
    return (this.#config ??= this.#settle(this.readConfig()));
  }

  #settle(config: MaybePromise<ClientConfig>): MaybePromise<ClientConfig> {
    if (!(config instanceof Promise)) return config;
    return config.then(
      (read) => (this.#config = read),
      (error: unknown) => {
        this.#config = undefined;
        throw error;
      },
    );
  }

  abstract accountOf(
    operation: Operation,
    config: ClientConfig,
    signal?: AbortSignal,
  ): MaybePromise<string | undefined>;

  /** The endpoint rules run once for each set of parameters. */
  targetOf(operation: Operation, input: object, config: ClientConfig, account?: string): RequestTarget {
    const perInput =
      account ?? operation.staticContextParams ?? operation.contextParams ?? operation.operationContextParams;
    const read = (): EndpointParameters =>
      endpointParameters(this.service, operation, input, config, this.conventions.builtIns(config, account));
    const parameters = perInput === undefined ? undefined : read();
    const key = parameters ? JSON.stringify(parameters) : "";
    let target = this.#targets.get(key);
    if (!target) {
      target = new RequestTarget(this.service.resolveEndpoint(parameters ?? read()), this.service, config.region);
      if (this.#targets.size >= maxTargets) this.#targets.clear();
      this.#targets.set(key, target);
    }
    return target;
  }

  async close(): Promise<void> {
    const own = [...this.otherTransports.values()];
    if (!this.options.transport) own.push(this.transport);
    await Promise.all(own.map((transport) => transport.close()));
  }
}
