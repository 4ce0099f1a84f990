import { ConfigurationError } from "../errors/client.js";
import type { Transport } from "../schema/http.js";
import { enableStreaming } from "../transport/streaming/index.js";
import type { ClientContext } from "./context.js";
import type { Feature } from "./feature.js";
import { openDuplexTransport } from "./support/duplex-transport.js";

/**
 * Events both ways: the response is read while the request is sent. This takes HTTP/2, which the client's own transport does
 * not speak: the feature brings one that does.
 *
 * @see https://smithy.io/2.0/spec/streaming.html#event-streams
 */
export function duplex(): Feature {
  return {
    name: "duplex",
    input(input, { client, operation }) {
      duplexTransport(client, operation.name);
      return input;
    },
    transport(options) {
      enableStreaming();
      return { ...options, duplex: true };
    },
    attempts:
      (attempt, { client, operation }) =>
      (context) =>
        attempt({ ...context, transport: duplexTransport(client, operation.name) }),
  };
}

/**
 * The caller's transport, or one of the client beside its own.
 *
 * @throws ConfigurationError if the caller's transport or dispatcher, or the platform, cannot do it
 */
function duplexTransport({ options, otherTransports }: ClientContext, operation: string): Transport {
  const { transport, dispatcher } = options;
  if (transport?.isDuplex) return transport;
  if (transport ?? dispatcher) {
    throw new ConfigurationError(
      `${operation} sends events while it receives others, which takes HTTP/2. The client's ${transport ? "transport" : "dispatcher"} cannot do that: leave that option out, or set transport: createHttp2Transport() of @clientsmith/runtime/transport/http2.`,
    );
  }
  let own = otherTransports.get("duplex");
  if (!own) otherTransports.set("duplex", (own = openDuplexTransport(options, operation)));
  return own;
}
