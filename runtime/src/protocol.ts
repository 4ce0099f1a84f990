/** The API for custom protocols; see docs/extending.md. */
export type { OperationCodec, Protocol, ProtocolError, ProtocolRequest } from "./schema/service.js";
export { ResponseMismatch } from "./errors/mismatch.js";
export type { Operation, Service, ServiceErrorClass } from "./schema/service.js";
export { type Member, type StructureShape, targetOf, type UnionShape } from "./schema/shapes.js";
export { formatTimestamp, parseTimestamp } from "./schema/timestamps.js";
export type { HttpResponse } from "./schema/http.js";
