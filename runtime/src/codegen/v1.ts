/**
 * The exports for generated code only. The table in `symbols.ts` lists the same names for the generator; a test
 * compares them.
 */
export { invoke } from "../call/invoke.js";
export { Client } from "../client/client.js";
export { PlainClient } from "../client/plain-client.js";
export type {
  CallOptions,
  ClientOptions,
  Dispatcher,
  PlainClientOptions,
  TimeLimitOptions,
  ValidationOptions,
} from "../config/options.js";
export type {
  ApiKeyIdentity,
  ApiKeyIdentityProvider,
  ApiKeyOptions,
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  LoginIdentity,
  LoginIdentityProvider,
  LoginOptions,
  TokenIdentity,
  TokenIdentityProvider,
  TokenOptions,
} from "../config/identity.js";
export type { EventHeader, EventMessage } from "../event-streams/message.js";
export type { EventStream, EventStreamInput } from "../event-streams/types.js";
export type { EndpointParts } from "../endpoints/url.js";
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
} from "../endpoints/rule-functions.js";
export type { Endpoint, EndpointParameters } from "../schema/service.js";
export type { MetadataBearer, ResponseMetadata } from "../errors/base.js";
export { ServiceError, type ServiceErrorFields } from "../errors/service.js";
export { EndpointError } from "../errors/client.js";
export type { ValidationIssue } from "../errors/client.js";
export {
  asList,
  averageOf,
  compareNumbers,
  greatestBy,
  isDeepEqual,
  isEach,
  isTruthy,
  leastBy,
  memberOf,
  sortedBy,
  toArray,
  toNumber,
  toText,
  typeName,
  valuesOf,
} from "../operations/jmespath.js";
export type { Hooks } from "../observe/hooks.js";
export type { Logger } from "../observe/logger.js";
export {
  type ItemOptions,
  type PageOptions,
  paginate,
  type Paginator,
  type PaginatorOptions,
} from "../operations/paginate.js";
export type { RetryModeName } from "../retry/modes.js";
export type { ErrorOf, Operation, Service, ServiceModel } from "../schema/service.js";
export type { StructureShape, UnionShape } from "../schema/shapes.js";
export type { DocumentType } from "../schema/values.js";
export type { StreamingBody } from "../streams/types.js";
export type { StreamingInput } from "../streams/types.js";
export type { Transport } from "../schema/http.js";
export { validate } from "../validate/validate.js";
export { waitUntil, type Waiter, type WaiterOptions } from "../operations/wait.js";
