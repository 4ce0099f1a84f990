import type { LoadedProtocol, Protocol } from "../schema/service.js";

/** A protocol whose code is loaded when the first operation is compiled: naming it in a service costs nothing. */
export function lazyProtocol(id: string, load: () => Promise<LoadedProtocol>): Protocol {
  let protocol: LoadedProtocol | undefined;
  return {
    id,
    compile(operation, service) {
      if (protocol) return protocol.compile(operation, service);
      return load().then((loaded) => {
        protocol = loaded;
        return loaded.compile(operation, service);
      });
    },
  };
}
