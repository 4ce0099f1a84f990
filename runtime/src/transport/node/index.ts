export { createNodeHttpTransport, type NodeHttpTransportOptions } from "./transport.js";
