import type { ClientOptions } from "../../config/options.js";
import type { Transport } from "../../schema/http.js";
import { createHttp2Transport } from "../../transport/http2/transport.js";

/** The transport for events both ways, with the client's own options. */
export function openDuplexTransport(options: ClientOptions, _operation: string): Transport {
  const { proxy, maxConnections, maxResponseSize } = options;
  return createHttp2Transport({ proxy, maxConnections, maxResponseSize });
}
