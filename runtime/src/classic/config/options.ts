import type { Agent } from "node:http";
import type { AwsCredentialIdentityProvider, TokenOptions } from "../../credentials/types.js";
import type { UndiciDispatcher } from "../../transport/undici/exchange.js";
import type { CredentialResolver, CredentialsOptions } from "./credentials.js";
import type { EndpointLike } from "../endpoint.js";
import type { ParamRules } from "../params/index.js";

/** How requests are sent. */
export interface HttpOptions {
  /** URL of the proxy that requests go through. */
  proxy?: string | undefined;
  /** An undici dispatcher, or an agent of `node:http` or `node:https`. It stays yours to close. */
  agent?: UndiciDispatcher | Agent | undefined;
  /** Milliseconds in which a connection has to be there; until `timeout` where absent. */
  connectTimeout?: number | undefined;
  /** Milliseconds of silence after which a request is given up; 0 never gives it up. Default 120,000. */
  timeout?: number | undefined;
}

/** What gets a line for each request: by `log`, else by `write`. */
export interface LineLogger {
  log?: ((...messages: unknown[]) => void) | undefined;
  write?: ((line: string) => unknown) | undefined;
  /** Colours the line. */
  isTTY?: boolean | undefined;
}

export interface RetryDelayOptions {
  /** Milliseconds that the delays begin with; they double from attempt to attempt, and chance shortens each. */
  base?: number | undefined;
  /** Milliseconds until the next attempt; a negative number ends the retrying. The count starts at 0. */
  customBackoff?: ((retryCount: number, error?: Error) => number) | undefined;
}

/** What every service is configured by; docs/classic.md says of each what it does. */
export interface ConfigurationOptions {
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  sessionToken?: string | undefined;
  /** Keys, an object that renews them, or a provider function of the official packages. */
  credentials?: CredentialsOptions | AwsCredentialIdentityProvider | null | undefined;
  /** Asked where there are no `credentials`: a chain, or a provider function of the official packages. */
  credentialProvider?: CredentialResolver | AwsCredentialIdentityProvider | null | undefined;
  /** A bearer token, or a function that gives it, for services that accept one. */
  token?: TokenOptions["token"] | null | undefined;
  region?: string | undefined;
  maxRetries?: number | undefined;
  maxRedirects?: number | undefined;
  sslEnabled?: boolean | undefined;
  paramValidation?: boolean | ParamRules | undefined;
  computeChecksums?: boolean | undefined;
  convertResponseTypes?: boolean | undefined;
  correctClockSkew?: boolean | undefined;
  customUserAgent?: string | undefined;
  /** Send bodies uncompressed even where the operation offers compression. AWS SDK v2 compresses none. */
  disableRequestCompression?: boolean | undefined;
  retryDelayOptions?: RetryDelayOptions | undefined;
  httpOptions?: HttpOptions | undefined;
  apiVersion?: string | Date | null | undefined;
  apiVersions?: Record<string, string | Date> | undefined;
  logger?: LineLogger | null | undefined;
  systemClockOffset?: number | undefined;
  signatureVersion?: string | null | undefined;
  signatureCache?: boolean | undefined;
  dynamoDbCrc32?: boolean | undefined;
  useAccelerateEndpoint?: boolean | undefined;
  clientSideMonitoring?: boolean | undefined;
  endpointDiscoveryEnabled?: boolean | undefined;
  endpointCacheSize?: number | undefined;
  hostPrefixEnabled?: boolean | undefined;
  stsRegionalEndpoints?: "legacy" | "regional" | undefined;
  useFipsEndpoint?: boolean | undefined;
  useDualstackEndpoint?: boolean | undefined;
  s3ForcePathStyle?: boolean | undefined;
  s3BucketEndpoint?: boolean | undefined;
  s3DisableBodySigning?: boolean | undefined;
  s3UsEast1RegionalEndpoint?: "legacy" | "regional" | undefined;
  s3UseArnRegion?: boolean | undefined;
}

/** What a service object is constructed with. */
export interface ServiceOptions extends ConfigurationOptions {
  /** Parameters of all requests, for operations that have such. */
  params?: Readonly<Record<string, unknown>> | undefined;
  /** Where requests go instead of the service's own endpoint. */
  endpoint?: string | EndpointLike | undefined;
}
