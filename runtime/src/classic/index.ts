/** The service object in the style of AWS SDK v2. For Node only. */
export { Config, config, type ConfigurationOptions, type ServiceConfig, type ServiceOptions } from "./config/config.js";
export { type CredentialProvider, CredentialProviderChain } from "./config/credential-provider-chain.js";
export { Credentials, type CredentialsOptions } from "./config/credentials.js";
export { Endpoint, type EndpointLike } from "./endpoint.js";
export { EnvironmentCredentials } from "./config/environment-credentials.js";
export { events } from "./events/emitter.js";
export { HttpRequest } from "./http-request.js";
export { HttpResponse } from "./http-response.js";
export { type Progress, type PromiseResult, Request, type RequestEvents } from "./request.js";
export { Response } from "./response.js";
export { Service, type ServiceEvents } from "./service.js";
export {
  SharedIniFileCredentials,
  type SharedIniFileCredentialsOptions,
} from "./config/shared-ini-file-credentials.js";
export type {
  AWSError,
  Callback,
  ClassicPagination,
  ClassicWaiter,
  DynamicService,
  EventReadable,
  EventReader,
  Gathered,
  LooseCallback,
  Method,
  Retyped,
  ServiceConstructor,
  ServiceDefinition,
  Streamed,
  WaiterOptions,
  Waiting,
} from "./types.js";
