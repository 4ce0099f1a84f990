/**
 * What generated code imports, and nothing else does. The table in `symbols.ts` lists the same names for the
 * generator; a test holds the two together.
 */
export { invoke } from "./call.js";
export { Client, type CallOptions, type ClientOptions } from "./client.js";
export type { TokenOptions } from "./credentials/types.js";
export {
  endpointParameter,
  isValidHostLabel,
  isVirtualHostableS3Bucket,
  parseArn,
  parseURL,
  partitionOf,
  requiredEndpointParameter,
  split,
  substring,
  uriEncode,
} from "./endpoints/library.js";
export type { Endpoint, EndpointParameters } from "./endpoints/types.js";
export type { MetadataBearer } from "./errors/base.js";
export { ServiceError, type ServiceErrorFields } from "./errors/service.js";
export { EndpointError } from "./errors/setup.js";
export type { ValidationIssue } from "./errors/validation.js";
export { compareNumbers, isDeepEqual, isEach, isTruthy, toNumber } from "./jmespath.js";
export { paginate, type Paginator, type PaginatorOptions } from "./paginate.js";
export type { Operation, Service, ServiceModel } from "./schema/operation.js";
export type { StructureShape, UnionShape } from "./schema/shapes.js";
export type { DocumentType } from "./schema/values.js";
export type { StreamingBody } from "./streams/streaming-body.js";
export type { StreamingInput } from "./streams/streaming-input.js";
export { validate } from "./validate/validate.js";
export { waitUntil, type Waiter, type WaiterOptions } from "./wait.js";
