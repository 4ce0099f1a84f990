/** What a protocol of one's own is written with; see the page on extending. */
export type { OperationCodec, Protocol, ProtocolError, ProtocolRequest } from "./protocols/protocol.js";
export { ResponseMismatch } from "./protocols/mismatch.js";
export type { Operation, Service, ServiceErrorClass } from "./schema/operation.js";
export { type Member, type StructureShape, targetOf, type UnionShape } from "./schema/shapes.js";
export { formatTimestamp, parseTimestamp } from "./time/timestamps.js";
export type { HttpResponse } from "./transport/types.js";
