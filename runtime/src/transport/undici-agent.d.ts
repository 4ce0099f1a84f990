/** The files of undici that are used; their types are declared in the root of the package. */
declare module "undici/lib/dispatcher/agent.js" {
  import type { Agent } from "undici";
  const agent: typeof Agent;
  export default agent;
}

declare module "undici/lib/core/connect.js" {
  import type { buildConnector } from "undici";
  const connect: typeof buildConnector;
  export default connect;
}
