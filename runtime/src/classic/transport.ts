import type { Agent } from "node:http";
import { createDefaultTransport } from "../transport/default.js";
import { createNodeHttpTransport } from "../transport/node/transport.js";
import type { TimeLimits, Transport } from "../schema/http.js";
import type { UndiciDispatcher } from "../transport/undici/exchange.js";
import type { HttpOptions } from "./config/options.js";

/** The transport of requests, and its limits. */
export interface Connection {
  readonly transport: Transport;
  readonly limits: TimeLimits;
}

/** Programs make many service objects, even one for each call: those with the same options share connections. */
const byProxy = new Map<string, Transport>();
const byAgent = new WeakMap<object, Transport>();

/** @throws ConfigurationError for an invalid proxy URL, TypeError for an invalid agent or for an agent with a proxy */
export function connectionOf({ httpOptions }: { readonly httpOptions?: HttpOptions | undefined }): Connection {
  const { proxy, agent, timeout = 120_000, connectTimeout = timeout } = httpOptions ?? {};
  if (agent && proxy) {
    throw new TypeError(
      "httpOptions has a proxy and an agent, and an agent does not use the proxy: set one of them, or an agent that uses a proxy",
    );
  }
  const transport = agent ? transportOf(agent) : transportBy(proxy);
  return { transport, limits: { connectTimeout, headersTimeout: timeout, bodyTimeout: timeout } };
}

function transportBy(proxy: string | undefined): Transport {
  const key = proxy ?? "";
  let transport = byProxy.get(key);
  if (!transport) {
    // Each request has its own connect timeout.
    transport = createDefaultTransport({ connectTimeout: 0, ...(proxy && { proxy }) });
    byProxy.set(key, transport);
  }
  return transport;
}

function transportOf(agent: UndiciDispatcher | Agent): Transport {
  let transport = byAgent.get(agent);
  if (!transport) {
    transport = isDispatcher(agent)
      ? createDefaultTransport({ dispatcher: agent })
      : createNodeHttpTransport({ agent: checkedAgent(agent) });
    byAgent.set(agent, transport);
  }
  return transport;
}

function isDispatcher(agent: object): agent is UndiciDispatcher {
  return "dispatch" in agent && typeof agent.dispatch === "function";
}

function checkedAgent(agent: Agent): Agent {
  if ("addRequest" in agent && typeof agent.addRequest === "function") return agent;
  throw new TypeError("httpOptions.agent must be an undici dispatcher or an agent of node:http or node:https");
}
