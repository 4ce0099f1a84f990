import type { Agent } from "node:http";
import type { AwsCredentialIdentityProvider, TokenOptions } from "../../config/identity.js";
import type { UndiciDispatcher } from "../../transport/undici/exchange.js";
import type { CredentialResolver, CredentialsOptions } from "./credentials.js";
import type { EndpointLike } from "../endpoint.js";
import type { ParamRules } from "../params/index.js";

/** How requests are sent. */
export interface HttpOptions {
  /** URL of the proxy that requests go through. */
  proxy?: string | undefined;
  /** An undici dispatcher, or an agent of `node:http` or `node:https`. The caller closes it. */
  agent?: UndiciDispatcher | Agent | undefined;
  /** Milliseconds in which a connection must be established. Default: `timeout`. */
  connectTimeout?: number | undefined;
  /** Milliseconds without data after which a request fails; 0 for no limit. Default 120,000. */
  timeout?: number | undefined;
}

/** Receives a line for each request: by `log`, else by `write`. */
export interface LineLogger {
  log?: ((...messages: unknown[]) => void) | undefined;
  write?: ((line: string) => unknown) | undefined;
  /** Colours the line. */
  isTTY?: boolean | undefined;
}

export interface RetryDelayOptions {
  /** Base of the delays, in milliseconds. It doubles from attempt to attempt, with full jitter. */
  base?: number | undefined;
  /** Returns the milliseconds until the next attempt; a negative number ends the retries. The count starts at 0. */
  customBackoff?: ((retryCount: number, error?: Error) => number) | undefined;
}

/** Options of every service; docs/classic.md describes each. */
export interface ConfigurationOptions {
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  sessionToken?: string | undefined;
  /** Keys, an object that refreshes them, or a provider function of the AWS SDK v3 packages. */
  credentials?: CredentialsOptions | AwsCredentialIdentityProvider | null | undefined;
  /** Used where there are no `credentials`: a chain, or a provider function of the AWS SDK v3 packages. */
  credentialProvider?: CredentialResolver | AwsCredentialIdentityProvider | null | undefined;
  /** A bearer token, or a function that returns it, for services that accept one. */
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

/** Options of a service object. */
export interface ServiceOptions extends ConfigurationOptions {
  /** Parameters of all requests, for operations that have members of their names. */
  params?: Readonly<Record<string, unknown>> | undefined;
  /** Where requests go instead of the service's own endpoint. */
  endpoint?: string | EndpointLike | undefined;
}
