/** The public API for applications. */
export type {
  CallOptions,
  ClientOptions,
  Dispatcher,
  PlainClientOptions,
  TimeLimitOptions,
  ValidationOptions,
} from "./config/options.js";
export {
  AbortedError,
  ClientsmithError,
  ConfigurationError,
  ConnectionError,
  CredentialsError,
  EndpointError,
  type ErrorCode,
  formatPath,
  isClientsmithError,
  isServiceError,
  type MetadataBearer,
  PaginationError,
  type ResponseMetadata,
  ServiceError,
  TimeoutError,
  type TimeoutPhase,
  UnexpectedResponseError,
  ValidationError,
  type ValidationIssue,
  WaiterError,
} from "./errors/index.js";
export type {
  CallEvent,
  CompleteEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  SignedEvent,
} from "./observe/hooks.js";
export type { ItemOptions, Paginator, PaginatorOptions } from "./operations/paginate.js";
export type { DocumentType } from "./schema/values.js";
export type { EventHeader, EventMessage } from "./event-streams/message.js";
export type { EventStream, EventStreamInput } from "./event-streams/types.js";
export type { EventProgress } from "./errors/base.js";
export type { StreamingBody } from "./streams/types.js";
export type { StreamingInput } from "./streams/types.js";
export type { WaiterOptions } from "./operations/wait.js";
export type {
  ApiKeyIdentity,
  ApiKeyIdentityProvider,
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  LoginIdentity,
  LoginIdentityProvider,
  TokenIdentity,
  TokenIdentityProvider,
} from "./config/identity.js";
export { SigningKeyCache } from "./signing/key.js";
export { presignRequest, type PresigningOptions } from "./signing/presign.js";
export { signRequest } from "./signing/sign.js";
export type { SigningOptions } from "./signing/types.js";
export type {
  HttpRequest,
  HttpResponse,
  ResponseStream,
  ResponseTiming,
  TimeLimits,
  Transport,
  TransportOptions,
} from "./schema/http.js";
