import type { ClientConfig } from "../config/client-config.js";
import { parseEndpointUrl } from "../endpoints/url.js";
import { EndpointError } from "../errors/client.js";
import { ServiceError } from "../errors/service.js";
import type { Operation } from "../schema/service.js";
import { noteFailure } from "../retry/state.js";
import { within } from "../signals/within.js";
import type { HttpRequest } from "../schema/http.js";
import type { Attempt, CallContext, ClientContext } from "./context.js";
import type { Feature } from "./feature.js";
import { type DiscoveredEndpoint, DiscoveredEndpoints } from "./support/endpoint-cache.js";
import { sentTo } from "./support/message.js";

/** How the endpoint of an operation is found. */
export interface EndpointDiscoveryData {
  /** Returns `Endpoints`, a list of `Address` and `CachePeriodInMinutes`. */
  readonly operation: Operation;
  /** The operation needs discovery; otherwise the client option `endpointDiscoveryEnabled` decides. */
  readonly required?: true;
  /** Shape name of the service's error for an endpoint that is no longer valid. */
  readonly error?: string;
  /** `aws.api#clientEndpointDiscoveryId`: input members that the endpoint depends on. */
  readonly ids?: readonly string[];
}

/**
 * `aws.api#clientDiscoveredEndpoint`: another operation of the service returns the endpoint of this one. An endpoint
 * that the service rejects is discovered again, once for each call.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery
 */
export function endpointDiscovery(data: EndpointDiscoveryData): Feature {
  return {
    name: "endpoint-discovery",
    data,
    async attempts(attempt, context, input) {
      const config = await context.client.config();
      return isDiscovered(data, config) ? sendDiscovered(data, attempt, context, input) : attempt;
    },
  };
}

/** Whether the endpoint has to be discovered first; never for a custom endpoint. */
export function isDiscovered({ required }: EndpointDiscoveryData, config: ClientConfig): boolean {
  if (config.endpoint !== undefined) return false;
  return required === true || config.endpointParameters["endpointDiscoveryEnabled"] === true;
}

const caches = new WeakMap<ClientContext, DiscoveredEndpoints>();

function cacheOf(client: ClientContext): DiscoveredEndpoints {
  let cache = caches.get(client);
  if (!cache) caches.set(client, (cache = new DiscoveredEndpoints(() => client.clock.now())));
  return cache;
}

/** @throws EndpointError if the service returns no endpoint */
async function sendDiscovered(
  discovery: EndpointDiscoveryData,
  attempt: Attempt,
  { client, operation, signal }: CallContext,
  input: object,
): Promise<Attempt> {
  const endpoints = cacheOf(client);
  const ids = idsOf(discovery, input);
  const { accessKeyId } = await client.credentials.get({ signal });
  const key = JSON.stringify([accessKeyId, discovery.operation.name, operation.name, ids]);
  const discover = async (): Promise<DiscoveredEndpoint> =>
    discoveredEndpoint(
      await client.invoke(discovery.operation, discoveryInput(discovery, operation.name, ids)),
      { from: discovery.operation.name, for: operation.name },
      client.clock.now(),
    );
  // Other calls may wait for the same response, so the end of this call does not end that request.
  const find = (): Promise<string> => within(endpoints.get(key, discover), signal);
  let address = await find();
  let canMove = true;
  return async (context) => {
    try {
      return await attempt({ ...context, request: moved(context.request, address) });
    } catch (error) {
      if (!canMove || !isRejection(error, discovery)) throw error;
      canMove = false;
      await endpoints.evict(key, address);
      // An attempt like any other, without a delay.
      if (context.state.attempts >= context.maxAttempts) throw error;
      noteFailure(context, error, 0);
      address = await find();
      context.state.attempts += 1;
      return attempt({ ...context, request: moved(context.request, address) });
    }
  };
}

/** The members of the input that the endpoint depends on. */
export function idsOf({ ids = [] }: EndpointDiscoveryData, input: object): Readonly<Record<string, unknown>> {
  const members = input as Readonly<Record<string, unknown>>;
  return Object.fromEntries(ids.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])));
}

/** The input of the discovery call: the operation and its identifiers, if the model has members for them. */
export function discoveryInput(
  { operation: { input } }: EndpointDiscoveryData,
  operation: string,
  ids: Readonly<Record<string, unknown>>,
): object {
  return {
    ...(input.members["Operation"] && { Operation: operation }),
    ...(input.members["Identifiers"] && Object.keys(ids).length > 0 && { Identifiers: ids }),
  };
}

/**
 * The first endpoint of a response.
 *
 * @param now milliseconds since 1970
 * @throws EndpointError
 */
export function discoveredEndpoint(
  output: object,
  names: { readonly from: string; readonly for: string },
  now: number,
): DiscoveredEndpoint {
  const { Endpoints: endpoints } = output as {
    readonly Endpoints?: readonly { readonly Address?: string; readonly CachePeriodInMinutes?: number }[];
  };
  const [first] = endpoints ?? [];
  if (!first?.Address) {
    throw new EndpointError(
      `${names.from} returned no endpoint for ${names.for}. Set the client option endpoint to call without discovery.`,
    );
  }
  return { address: first.Address, expires: now + (first.CachePeriodInMinutes ?? 0) * 60_000 };
}

function isRejection(error: unknown, { error: name }: EndpointDiscoveryData): boolean {
  if (!(error instanceof ServiceError)) return false;
  return (name !== undefined && error.name === name) || error.$metadata.status === 421;
}

/** The same request to another host, with the same scheme unless the address has one. */
function moved(request: HttpRequest, address: string): HttpRequest {
  const scheme = /^[a-z]+:\/\//i.test(address) ? "" : request.origin.replace(/\/\/.*/, "//");
  const { origin, path } = parseEndpointUrl(scheme + address);
  return { ...sentTo(request, origin), path: path + request.path };
}
