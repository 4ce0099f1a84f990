export { createHttp2Transport, type Http2TransportOptions } from "./transport.js";
