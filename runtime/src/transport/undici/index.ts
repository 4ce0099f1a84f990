export { createUndiciTransport, type UndiciTransportOptions } from "./transport.js";
