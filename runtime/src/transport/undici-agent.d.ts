/** The files of undici that are needed; their types stand in the package's root. */
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
