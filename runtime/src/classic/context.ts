import { awsConventions } from "../call/conventions/aws.js";
import type { ClientConfig } from "../config/client-config.js";
import type { CallSettings, ClientOptions } from "../config/options.js";
import type { AwsCredentialIdentity, TokenOptions } from "../config/identity.js";
import type { CredentialSource } from "../credentials/types.js";
import { awsBuiltIns } from "../endpoints/aws-built-ins.js";
import { endpointParameters } from "../endpoints/resolve.js";
import { RequestTarget } from "../endpoints/target.js";
import type { Calls, ClientContext } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import type { OperationCodec, Operation, Service as Described } from "../schema/service.js";
import { SigningKeyCache } from "../signing/key.js";
import type { Clock } from "../time/clock.js";
import type { Transport } from "../schema/http.js";
import { isBucketEndpoint } from "./config/bucket-endpoint.js";
import { configuredCredentials } from "./config/configured-credentials.js";
import { endpointParametersOf } from "./config/endpoint-parameters.js";
import { classicCodec } from "./data.js";
import { Endpoint } from "./endpoint.js";
import type { Service } from "./service.js";

/** The Region by which endpoint rules name endpoints that belong to none. */
const globalRegion = "aws-global";

/**
 * What the features, auth schemes and codecs of the core see of a service object. Made once a service object; reads the
 * object's `config` at each use, since callers change it.
 */
export class ServiceContext implements ClientContext {
  readonly service: Described;
  readonly conventions = awsConventions;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
  readonly ownTransports = new Set<Transport>();
  readonly calls: Calls = { running: 0, onIdle: undefined, closing: undefined };
  readonly retries = undefined;
  readonly #owner: Service;
  readonly #signingKeys = new SigningKeyCache();

  constructor(owner: Service) {
    this.#owner = owner;
    this.service = owner.definition.model.service;
    this.credentials = configuredCredentials(owner.config);
    this.clock = {
      get offset() {
        return owner.config.systemClockOffset;
      },
      set offset(milliseconds) {
        owner.config.systemClockOffset = milliseconds;
      },
      now: () => owner.getSkewCorrectedDate().getTime(),
    };
  }

  get options(): ClientOptions & TokenOptions {
    const { config } = this.#owner;
    const { credentials, credentialProvider, disableRequestCompression, region, token } = config;
    return {
      region,
      ...(token && { token }),
      ...(disableRequestCompression !== undefined && { disableRequestCompression }),
      ...((credentials || credentialProvider) && {
        credentials: async (): Promise<AwsCredentialIdentity> => this.credentials.get(),
      }),
    };
  }

  get transport(): Transport {
    return this.#owner.connection.transport;
  }

  /** Without `signatureCache` each signature derives its key again. */
  get signingKeys(): SigningKeyCache {
    return this.#owner.config.signatureCache ? this.#signingKeys : new SigningKeyCache();
  }

  /** Parameters are checked and retries are counted by the request's events. */
  settingsFor(): CallSettings {
    const limits = { ...this.#owner.connection.limits, firstEventTimeout: 0, eventTimeout: 0 };
    return { limits, deadline: undefined, rules: undefined, maxAttempts: undefined };
  }

  /** Service objects are made in numbers, one for each call even: those of a service share what is compiled. */
  codecOf(operation: Operation): OperationCodec {
    const { convertResponseTypes } = this.#owner.config;
    const codecs = convertResponseTypes ? convertingCodecs : plainCodecs;
    let compiled = codecs.get(this.service);
    if (!compiled) codecs.set(this.service, (compiled = new Map()));
    let codec = compiled.get(operation);
    if (!codec) {
      const { protocol } = this.service;
      codec = classicCodec(protocol.compile(operation, this.service), operation, this.service, convertResponseTypes);
      for (const feature of classicFeatures(operation))
        if (feature.codec) codec = feature.codec(codec, operation, this.service);
      compiled.set(operation, codec);
    }
    return codec;
  }

  config(): ClientConfig {
    const owner = this.#owner;
    return this.configFor(owner.isEndpointGiven ? owner.endpoint : undefined);
  }

  /** As {@link config}, for a request to an endpoint that listeners may have set. */
  configFor(endpoint: Endpoint | undefined): ClientConfig {
    const { config } = this.#owner;
    return {
      region: config.region ?? (isGlobal(this.service) ? globalRegion : undefined),
      useFipsEndpoint: config.useFipsEndpoint,
      useDualstackEndpoint: config.useDualstackEndpoint,
      endpoint: endpoint?.href.replace(/\/$/, ""),
      maxAttempts: this.#owner.numRetries() + 1,
      retryMode: "standard",
      endpointParameters: endpointParametersOf(this.#owner.definition.model, config),
    };
  }

  /** AWS SDK v2 has no endpoints of accounts. */
  accountOf(): undefined {
    return undefined;
  }

  targetOf(operation: Operation, input: object, config: ClientConfig): RequestTarget {
    const { definition, config: options } = this.#owner;
    const parameters = { ...endpointParameters(this.service, operation, input, config, awsBuiltIns(config)) };
    if (isBucketEndpoint(definition, options)) delete parameters["Bucket"];
    const resolved = this.service.resolveEndpoint(parameters);
    const url = config.endpoint === undefined ? this.#withScheme(new Endpoint(resolved.url)).href : resolved.url;
    return new RequestTarget({ ...resolved, url }, this.service, config.region);
  }

  /** The endpoint of the endpoint rules, as the service object shows it before there is a request. */
  ownEndpoint(): Endpoint {
    const { config, definition } = this.#owner;
    try {
      const settings = this.configFor(undefined);
      const parameters = endpointParameters(this.service, plainOperation, {}, settings, awsBuiltIns(settings));
      return this.#withScheme(new Endpoint(this.service.resolveEndpoint(parameters).url));
    } catch {
      // Without a Region, for example: the request reports what is missing, and is not sent.
      const region = String(config.region).replaceAll(/[^\w-]/g, "-");
      const host = `${this.service.signingName ?? definition.serviceIdentifier}.${region}.amazonaws.com`;
      return new Endpoint(host, config);
    }
  }

  /** A request of its own, with the events of one. */
  invoke({ name }: Operation, input: object): Promise<object> {
    const { operations } = this.#owner.definition.model;
    const method = Object.keys(operations).find((key) => operations[key]?.name === name);
    return this.#owner.makeRequest(method ?? name, input).promise();
  }

  /** Without TLS, if the configuration disables it. */
  #withScheme(endpoint: Endpoint): Endpoint {
    return this.#owner.config.sslEnabled ? endpoint : new Endpoint(endpoint.href.replace(/^https:/, "http:"));
  }
}

/** A service object sends and reads buffered bodies. AWS SDK v2 fills in no defaults, and reports a bucket's Region in its own way. */
const unused: ReadonlySet<string> = new Set([
  "bucket-region",
  "defaults",
  "duplex",
  "streamed-input",
  "streamed-output",
]);

/** The features whose hooks the requests of a service object run. */
export function classicFeatures(operation: Operation): ReturnType<typeof featuresOf> {
  return featuresOf(operation).filter(({ name }) => !unused.has(name));
}

/** True for a service with one endpoint for all Regions, which therefore needs no Region, by its endpoint rules. */
export function isGlobal(service: Described): boolean {
  let known = globals.get(service);
  if (known === undefined) globals.set(service, (known = hasGlobalEndpoint(service)));
  return known;
}

/** The rules name a Region to sign for of a global endpoint only. */
function hasGlobalEndpoint(service: Described): boolean {
  const values: Readonly<Record<string, string | boolean>> = {
    "AWS::Region": globalRegion,
    "AWS::UseFIPS": false,
    "AWS::UseDualStack": false,
  };
  const parameters = Object.entries(service.endpointBuiltIns).map(([name, builtIn]) => [name, values[builtIn]]);
  try {
    const { properties } = service.resolveEndpoint(Object.fromEntries(parameters));
    const schemes = (properties?.["authSchemes"] ?? []) as readonly { readonly signingRegion?: string }[];
    return schemes.some(({ signingRegion = globalRegion }) => signingRegion !== globalRegion);
  } catch {
    return false;
  }
}

/** With `convertResponseTypes`, and without. */
const convertingCodecs = new WeakMap<Described, Map<Operation, OperationCodec>>();
const plainCodecs = new WeakMap<Described, Map<Operation, OperationCodec>>();
const globals = new WeakMap<Described, boolean>();

/** An operation without endpoint parameters of its own. */
const plainOperation: Operation = {
  name: "",
  input: { type: "structure", name: "", members: {} },
  output: { type: "structure", name: "", members: {} },
};
