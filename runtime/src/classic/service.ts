import { checkApiVersion, checkDefinition, noDefinition } from "./definition.js";
import { ServiceContext } from "./context.js";
import { createServiceConfig, registerService, type ServiceConfig, type ServiceOptions } from "./config/config.js";
import { Endpoint, type EndpointLike } from "./endpoint.js";
import { addCoreListeners } from "./events/index.js";
import { Emitter, events } from "./events/emitter.js";
import { addMetrics, type MetricsEvent, addPublishing } from "./events/metrics.js";
import { Request } from "./request.js";
import { isDynamo } from "./retry.js";
import { type Connection, connectionOf } from "./transport.js";
import type {
  AnyCallback,
  Callback,
  ClassicPagination,
  DynamicService,
  InputOf,
  LooseCallback,
  OperationName,
  OutputOf,
  ServiceConstructor,
  ServiceDefinition,
} from "./types.js";
import { waitingRequest, type WaiterParams } from "./wait-for.js";

/** Events of a service object, with the fields of AWS client-side monitoring. */
export interface ServiceEvents {
  /** A request has ended. */
  apiCall: [event: MetricsEvent];
  /** An attempt of a request has ended. */
  apiCallAttempt: [event: MetricsEvent];
}

/** A service object: its configuration and one method an operation. {@link Service.defineService} makes classes of them. */
export class Service extends Emitter<ServiceEvents> {
  declare static readonly definition: ServiceDefinition;
  declare static readonly serviceIdentifier: string;
  declare static readonly apiVersions: string[];

  /** The configuration. Changes apply to requests made afterwards. */
  readonly config: ServiceConfig;
  readonly definition: ServiceDefinition;
  /** What the features, auth schemes and codecs of the core see. For the runtime only. */
  readonly context: ServiceContext;
  /** False while the service's endpoint rules decide where requests go. */
  isEndpointGiven = false;
  #endpoint: Endpoint;

  constructor(options: ServiceOptions = {}) {
    super();
    const { definition } = new.target;
    if (!definition) throw noDefinition(options);
    this.definition = definition;
    this.config = createServiceConfig(definition, options);
    checkApiVersion(definition, this.config);
    this.context = new ServiceContext(this);
    const { endpoint } = this.config;
    this.#endpoint = endpoint ? this.#given(endpoint) : this.context.ownEndpoint();
    addPublishing(this);
  }

  /** Key of the service in `config` and `apiVersions`: `cloudtrail`. */
  get serviceIdentifier(): string {
    return this.definition.serviceIdentifier;
  }

  /** Versions of the API, oldest first. */
  get apiVersions(): string[] {
    return [...this.definition.apiVersions];
  }

  /** Where the requests go. */
  get endpoint(): Endpoint {
    return this.#endpoint;
  }

  set endpoint(endpoint: string | EndpointLike) {
    this.#endpoint = this.#given(endpoint);
  }

  /** The transport of requests. */
  get connection(): Connection {
    return connectionOf(this.config);
  }

  /** The request of an operation, by the name of its method; with a callback it is sent at once. */
  makeRequest<Name extends OperationName<this>>(
    operation: Name,
    params: InputOf<this[Name]> | null | undefined,
    callback: Callback<OutputOf<this[Name]>>,
  ): Request<OutputOf<this[Name]>>;
  makeRequest<Name extends OperationName<this>>(
    operation: Name,
    callback: Callback<OutputOf<this[Name]>>,
  ): Request<OutputOf<this[Name]>>;
  makeRequest<Name extends OperationName<this>>(
    operation: Name,
    params?: InputOf<this[Name]> | null,
    callback?: LooseCallback<OutputOf<this[Name]>>,
  ): Request<OutputOf<this[Name]>>;
  makeRequest(
    operation: string,
    params?: object | null | LooseCallback<UntypedData>,
    callback?: LooseCallback<UntypedData>,
  ): Request<UntypedData>;
  makeRequest(operation: string, params?: unknown, callback?: AnyCallback): unknown {
    const given = typeof params === "function" ? undefined : (params as object | null | undefined);
    const request = new Request<UntypedData>(this, operation, withBoundParams(this, operation, given ?? {}));
    this.#addListeners(request as unknown as Request);
    return sent(request, params, callback);
  }

  /** As {@link makeRequest}, and the request is sent without credentials and signature. */
  makeUnauthenticatedRequest<Name extends OperationName<this>>(
    operation: Name,
    params: InputOf<this[Name]> | null | undefined,
    callback: Callback<OutputOf<this[Name]>>,
  ): Request<OutputOf<this[Name]>>;
  makeUnauthenticatedRequest<Name extends OperationName<this>>(
    operation: Name,
    callback: Callback<OutputOf<this[Name]>>,
  ): Request<OutputOf<this[Name]>>;
  makeUnauthenticatedRequest<Name extends OperationName<this>>(
    operation: Name,
    params?: InputOf<this[Name]> | null,
    callback?: LooseCallback<OutputOf<this[Name]>>,
  ): Request<OutputOf<this[Name]>>;
  makeUnauthenticatedRequest(
    operation: string,
    params?: object | null | LooseCallback<UntypedData>,
    callback?: LooseCallback<UntypedData>,
  ): Request<UntypedData>;
  makeUnauthenticatedRequest(operation: string, params?: unknown, callback?: AnyCallback): unknown {
    const given = typeof params === "function" ? undefined : (params as object | null | undefined);
    return sent(this.makeRequest(operation as string, given).toUnauthenticated(), params, callback);
  }

  /** Polls an operation until the service is in a state. Classes of services with such states declare it as {@link Waiting}. */
  waitFor(state: never, params?: object | null, callback?: AnyCallback): unknown;
  waitFor(state: string, params?: unknown, callback?: AnyCallback): unknown {
    const given = typeof params === "function" ? undefined : (params as WaiterParams | null | undefined);
    return sent(waitingRequest(this, state, given ?? {}), params, callback);
  }

  /** Called with each request that this object makes, before it is sent. Classes that extend a service's class override it. */
  setupRequestListeners(_request: Request): void {}

  /**
   * Sets a function that is called with each request: of an object for its own, of the prototype of a class for those of all its
   * objects. Null removes it.
   */
  customizeRequests(customize?: RequestCustomizer | null): void {
    if (customize && typeof customize !== "function") {
      throw new Error(`Invalid callback type '${typeof customize}' provided in customizeRequests`);
    }
    customizers.set(this, customize ?? null);
  }

  /** The time by the clock that is corrected for the service. */
  getSkewCorrectedDate(): Date {
    return new Date(Date.now() + this.config.systemClockOffset);
  }

  /** Max retries of a request. */
  numRetries(): number {
    return this.config.maxRetries ?? (isDynamo(this) ? 10 : 3);
  }

  /** How an operation pages; undefined where it does not. */
  paginationConfig(operation: string): ClassicPagination | undefined {
    const { paginators = {} } = this.definition;
    return Object.hasOwn(paginators, operation) ? paginators[operation] : undefined;
  }

  #given(endpoint: string | EndpointLike): Endpoint {
    this.isEndpointGiven = true;
    return new Endpoint(typeof endpoint === "string" ? filledTemplate(endpoint, this) : endpoint, this.config);
  }

  /** In the order of AWS SDK v2: the listeners of all requests first, those of the caller last. */
  #addListeners(request: Request): void {
    request.addListenersOf(events);
    addCoreListeners(request);
    this.setupRequestListeners(request);
    const classOwn = customizerOf(Object.getPrototypeOf(this) as object);
    classOwn?.(request);
    customizers.get(this)?.(request);
    addMetrics(request);
  }

  /**
   * Makes the class of a service's objects.
   *
   * @param features further members of the objects; one with the name of an operation replaces its method
   */
  static defineService<Self extends Service = DynamicService, Options extends object = ServiceOptions>(
    definition: ServiceDefinition,
    features: Partial<Self> & ThisType<Self> = {},
  ): ServiceConstructor<Self, Options> {
    checkDefinition(definition);
    const { model, serviceIdentifier, apiVersions } = definition;
    registerService(serviceIdentifier);
    const Defined = class extends Service {
      static override readonly definition = definition;
      static override readonly serviceIdentifier = serviceIdentifier;
      static override readonly apiVersions = [...apiVersions];
    };
    Object.defineProperty(Defined, "name", { value: model.service.name });
    for (const [name, { auth }] of Object.entries(model.operations)) {
      if (name in Defined.prototype) continue;
      const make = auth === undefined ? "makeRequest" : "makeUnauthenticatedRequest";
      const value = function (this: Service, params?: object, callback?: LooseCallback<UntypedData>): Request {
        return this[make](name as string, params, callback) as unknown as Request;
      };
      Object.defineProperty(Defined.prototype, name, { value, writable: true, configurable: true });
    }
    Object.defineProperties(Defined.prototype, Object.getOwnPropertyDescriptors(features));
    return Defined as unknown as ServiceConstructor<Self, Options>;
  }
}

/** Sends the request if there is a callback: the last argument, or the one before it. */
function sent<Data>(request: Request<Data>, params: unknown, callback: AnyCallback | undefined): Request<Data> {
  const call = typeof params === "function" ? params : callback;
  if (call) request.send(call as LooseCallback<Data>);
  return request;
}

/** Data of an operation that is known only by its name. */
type UntypedData = Record<string, unknown>;

type RequestCustomizer = (request: Request) => void;

/** By service object, and by prototype of a class of them. */
const customizers = new WeakMap<object, RequestCustomizer | null>();

/** That of the class, else of the nearest class that it extends. */
function customizerOf(prototype: object): RequestCustomizer | null {
  for (let each: object | null = prototype; each; each = Object.getPrototypeOf(each) as object | null) {
    const found = customizers.get(each);
    if (found !== undefined) return found;
  }
  return null;
}

/** The parameters, with bound parameters of the configuration for members of the input that are not given. */
function withBoundParams({ config, definition }: Service, operation: string, params: object): object {
  const { params: bound } = config;
  const { operations } = definition.model;
  const members = Object.hasOwn(operations, operation) ? operations[operation]?.input.members : undefined;
  if (!bound || !members) return params;
  const result: Record<string, unknown> = { ...params };
  for (const [name, value] of Object.entries(bound)) if (Object.hasOwn(members, name)) result[name] ??= value;
  return result;
}

/** `https://{service}.{region}.amazonaws.com`, filled in. */
function filledTemplate(endpoint: string, { config, definition }: Service): string {
  const { service } = definition.model;
  return endpoint
    .replaceAll("{service}", service.signingName ?? definition.serviceIdentifier)
    .replaceAll("{region}", String(config.region))
    .replaceAll("{scheme}", config.sslEnabled === false ? "http" : "https");
}
