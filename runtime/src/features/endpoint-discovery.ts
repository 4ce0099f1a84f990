/** Calls at an endpoint that another operation tells. Loaded by the first such call. */
import type { CallContext } from "../call/context.js";
import { parseEndpointUrl } from "../endpoints/url.js";
import { EndpointError } from "../errors/client.js";
import { ServiceError } from "../errors/service.js";
import type { EndpointDiscovery, Operation } from "../schema/service.js";
import { noteFailure } from "../retry/run.js";
import { within } from "../signals/within.js";
import type { HttpRequest } from "../transport/types.js";
import { type DiscoveredEndpoint, DiscoveredEndpoints } from "./endpoint-cache.js";

type Attempt = (exchange: CallContext) => Promise<object>;
/** A call of the same client. */
type Call = (operation: Operation, input: object) => Promise<object>;

/**
 * Finds out where the call goes, and gives what makes its attempts there. An endpoint that the service refuses as none
 * of its own is asked for anew, once a call, and is sent to where attempts are left.
 *
 * @throws EndpointError where the service tells no endpoint
 * @see https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery
 */
export async function sendDiscovered(
  { client, operation, signal }: CallContext,
  input: object,
  attempt: Attempt,
  call: Call,
): Promise<Attempt> {
  const { endpointDiscovery: discovery } = operation;
  if (!discovery) return attempt;
  const endpoints = (client.discovered ??= new DiscoveredEndpoints(() => client.clock.now()));
  const ids = idsOf(discovery, input);
  const { accessKeyId } = await client.credentials.get({ signal });
  const key = JSON.stringify([accessKeyId, discovery.operation.name, operation.name, ids]);
  const discover = (): Promise<DiscoveredEndpoint> => ask(discovery.operation, operation.name, ids, call, client.clock);
  // Others may wait for the same answer, so this call's end is not that of the request.
  const find = (): Promise<string> => within(endpoints.get(key, discover), signal);
  let address = await find();
  let canMove = true;
  return async (exchange) => {
    try {
      return await attempt({ ...exchange, request: moved(exchange.request, address) });
    } catch (error) {
      if (!canMove || !isRefusal(error, discovery)) throw error;
      canMove = false;
      await endpoints.evict(key, address);
      // An attempt like any other, though it need not wait.
      if (exchange.state.attempts >= exchange.maxAttempts) throw error;
      noteFailure(exchange, error, 0);
      address = await find();
      exchange.state.attempts += 1;
      return attempt({ ...exchange, request: moved(exchange.request, address) });
    }
  };
}

function idsOf({ ids = [] }: EndpointDiscovery, input: object): Readonly<Record<string, unknown>> {
  const members = input as Readonly<Record<string, unknown>>;
  return Object.fromEntries(ids.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])));
}

/** Asks the service; with the operation and its identifiers where the model has room for them. */
async function ask(
  discovery: Operation,
  operation: string,
  ids: Readonly<Record<string, unknown>>,
  call: Call,
  clock: { now(): number },
): Promise<DiscoveredEndpoint> {
  const { members } = discovery.input;
  const input = {
    ...(members["Operation"] && { Operation: operation }),
    ...(members["Identifiers"] && Object.keys(ids).length > 0 && { Identifiers: ids }),
  };
  const { Endpoints: endpoints } = (await call(discovery, input)) as {
    readonly Endpoints?: readonly { readonly Address?: string; readonly CachePeriodInMinutes?: number }[];
  };
  const [first] = endpoints ?? [];
  if (!first?.Address) {
    throw new EndpointError(
      `${discovery.name} told no endpoint for ${operation}. Give the client the option endpoint to go without discovery.`,
    );
  }
  return { address: first.Address, expires: clock.now() + (first.CachePeriodInMinutes ?? 0) * 60_000 };
}

function isRefusal(error: unknown, { error: name }: EndpointDiscovery): boolean {
  if (!(error instanceof ServiceError)) return false;
  return (name !== undefined && error.name === name) || error.$metadata.status === 421;
}

/** The same request to another host, by the same scheme unless the address has one. */
function moved(request: HttpRequest, address: string): HttpRequest {
  const scheme = /^[a-z]+:\/\//i.test(address) ? "" : request.origin.replace(/\/\/.*/, "//");
  const { origin, host, path } = parseEndpointUrl(scheme + address);
  return { ...request, origin, path: path + request.path, headers: { ...request.headers, host } };
}
