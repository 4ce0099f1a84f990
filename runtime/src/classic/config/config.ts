import { readFileSync } from "node:fs";
import type { AwsCredentialIdentityProvider } from "../../config/identity.js";
import type { SigningCredentials } from "../../signing/types.js";
import { awsError } from "../aws-error.js";
import { type CredentialResolver, Credentials, type CredentialsOptions, isRefreshable } from "./credentials.js";
import type { ConfigurationOptions, HttpOptions, RetryDelayOptions, ServiceOptions } from "./options.js";
import { checkBucketEndpoint } from "./bucket-endpoint.js";
import { noteUnset } from "./regional-endpoints.js";
import { regionOutside } from "./shared-config.js";
import { warn, warnOfOptions } from "./warnings.js";
import { ProvidedCredentials, providedBy, usualCredentials } from "./provided-credentials.js";
import { connectionOf } from "../transport.js";
import type { AWSError, ServiceDefinition } from "../types.js";

export type { ConfigurationOptions, ServiceOptions } from "./options.js";

type CredentialsCallback = (error: AWSError | null, credentials: SigningCredentials | null) => void;

/** The defaults of all options. */
class Settings {
  credentials: ConfigurationOptions["credentials"] = null;
  credentialProvider: ConfigurationOptions["credentialProvider"] = null;
  region: string | undefined;
  logger: ConfigurationOptions["logger"] = null;
  apiVersions: Record<string, string | Date> = {};
  apiVersion: ConfigurationOptions["apiVersion"] = null;
  endpoint: ServiceOptions["endpoint"];
  httpOptions: HttpOptions = { timeout: 120_000 };
  maxRetries: number | undefined;
  maxRedirects = 10;
  paramValidation: NonNullable<ConfigurationOptions["paramValidation"]> = true;
  sslEnabled = true;
  s3ForcePathStyle = false;
  s3BucketEndpoint = false;
  s3DisableBodySigning = true;
  s3UsEast1RegionalEndpoint: "legacy" | "regional" = "legacy";
  s3UseArnRegion: boolean | undefined;
  computeChecksums = true;
  convertResponseTypes = true;
  correctClockSkew = false;
  customUserAgent: string | undefined;
  disableRequestCompression: boolean | undefined;
  dynamoDbCrc32 = true;
  systemClockOffset = 0;
  signatureVersion: string | null = null;
  signatureCache = true;
  retryDelayOptions: RetryDelayOptions = {};
  token: ConfigurationOptions["token"];
  useAccelerateEndpoint = false;
  clientSideMonitoring = false;
  endpointDiscoveryEnabled: boolean | undefined;
  endpointCacheSize = 1000;
  hostPrefixEnabled = true;
  stsRegionalEndpoints: "legacy" | "regional" = "legacy";
  useFipsEndpoint = false;
  useDualstackEndpoint = false;
}

const optionNames: readonly string[] = Object.keys(new Settings());

/** Options of all services. */
export class Config extends Settings {
  /** Options of one service, by its key: `cloudtrail`. */
  [key: string]: unknown;

  constructor(options: ConfigurationOptions & Readonly<Record<string, unknown>> = {}) {
    super();
    const given = withCredentials(options) as Readonly<Record<string, unknown>>;
    for (const name of optionNames) this.set(name, given[name]);
  }

  /**
   * Takes over options.
   *
   * @param allowUnknownKeys also those that no service has
   */
  update(options: ConfigurationOptions & Readonly<Record<string, unknown>>, allowUnknownKeys = false): void {
    for (const [name, value] of Object.entries(withCredentials(options))) {
      if (allowUnknownKeys || optionNames.includes(name) || services.has(name)) this.set(name, value);
    }
  }

  /** Sets an option; undefined resets it to its default. `httpOptions` are merged into those that are set. */
  set(name: string, value: unknown): void {
    const known = this as Record<string, unknown>;
    if (value === undefined) known[name] = defaultOf(name);
    else if (name === "httpOptions") known[name] = { ...this.httpOptions, ...(value as HttpOptions) };
    else known[name] = value;
  }

  /** Resets all options to their defaults. */
  clear(): void {
    for (const name of Object.keys(this)) delete (this as Record<string, unknown>)[name];
    for (const name of optionNames) this.set(name, undefined);
  }

  /**
   * Replaces all options by those of a JSON file.
   *
   * @throws Error for a file that cannot be read, SyntaxError for one that is not JSON
   */
  loadFromPath(path: string): this {
    const options = JSON.parse(readFileSync(path, "utf8")) as ConfigurationOptions & Readonly<Record<string, unknown>>;
    this.clear();
    this.update(options);
    return this;
  }

  /**
   * The credentials to sign with, refreshed where that is needed. Where none are set, the default chain is searched, and
   * `credentials` is set to what it finds.
   */
  getCredentials(callback: CredentialsCallback): void {
    const { credentials, credentialProvider } = this;
    if (credentials && typeof credentials === "object") return getFromObject(credentials, callback);
    const provider = credentials || credentialProvider;
    if (!provider) return getAndSet(this, callback);
    if (typeof provider !== "object" && typeof provider !== "function") {
      const what =
        "The option credentials must be keys, an object of the class Credentials, or a function that returns them";
      return callback(credentialsError(`${what}, not a ${typeof provider}`), null);
    }
    if ("resolve" in provider) return getFromResolver(this, provider, callback);
    getFromObject(providedOf(this, provider), callback);
  }

  /**
   * Marks the credentials as rejected by a service because they have expired.
   *
   * @returns whether they can be refreshed
   */
  expireCredentials(): boolean {
    const { credentials, credentialProvider } = this;
    const provider = credentials || credentialProvider;
    const source = typeof provider === "function" ? providedOf(this, provider) : provider;
    if (!source || !isRefreshable(source) || isStatic(source)) return false;
    source.expired = true;
    return true;
  }

  /** AWS SDK v2 can use the promises of a library; here they are always JavaScript's own. Warns of another library. */
  setPromisesDependency(library: unknown): void {
    if (library && library !== Promise)
      warn("config.setPromisesDependency has no effect: promises are JavaScript's own.");
  }
}

/** The configuration of one service object. */
export type ServiceConfig = Config & { params?: Readonly<Record<string, unknown>> | undefined };

const key = Symbol.for("@clientsmith/runtime/classic/config");
const shared = globalThis as { [key]?: Config };

/** The configuration that all services share; one for every copy of this package in a process. */
export const config: Config = (shared[key] ??= new Config());

/** Later sources win: the defaults, `config`, `config` for the service, the constructor's options. */
export function createServiceConfig(definition: ServiceDefinition, options: ServiceOptions): ServiceConfig {
  const { serviceIdentifier } = definition;
  const ofService = config[serviceIdentifier] as ServiceOptions | undefined;
  const made = new Config(config) as ServiceConfig;
  for (const given of [ofService, options]) {
    if (!given) continue;
    warnOfOptions(given, definition);
    made.update(given as Readonly<Record<string, unknown>>, true);
  }
  noteUnset(made, [options, ofService]);
  checkSignatureVersion(made.signatureVersion);
  checkBucketEndpoint(definition, made);
  // Opens nothing: an invalid proxy or agent is reported at once.
  connectionOf(made);
  // S3 has an endpoint for all Regions.
  made.region ??= regionOutside() ?? (serviceIdentifier === "s3" ? "us-east-1" : undefined);
  return made;
}

/** Keys among the options become credentials. */
function withCredentials(options: ConfigurationOptions): ConfigurationOptions {
  const { accessKeyId, secretAccessKey, sessionToken } = options;
  if (!accessKeyId || !secretAccessKey) return options;
  return { ...options, credentials: new Credentials({ accessKeyId, secretAccessKey, sessionToken }) };
}

function defaultOf(name: string): unknown {
  return (new Settings() as unknown as Readonly<Record<string, unknown>>)[name];
}

/** Keys of the services that have classes, for `update`. */
const services = new Set<string>();

/** Registers a service for `config.update`. */
export function registerService(identifier: string): void {
  services.add(identifier);
}

function getFromObject(credentials: CredentialsOptions, callback: CredentialsCallback): void {
  const report = (error?: AWSError | null): void => {
    if (error) return callback(credentialsError(failureOf(credentials, error), error), null);
    if (!credentials.accessKeyId || !credentials.secretAccessKey) {
      return callback(credentialsError("Missing credentials"), null);
    }
    callback(null, credentials);
  };
  if (isRefreshable(credentials)) credentials.get(report);
  else report();
}

/** The result of a chain replaces it, as in AWS SDK v2: credentials refresh themselves. */
function getFromResolver(owner: Config, resolver: CredentialResolver, callback: CredentialsCallback): void {
  resolver.resolve((error, credentials) => {
    if (error || !credentials) {
      const cause = error ?? new Error("The credential provider returned neither credentials nor an error");
      return callback(credentialsError("Could not load credentials from any providers", cause), null);
    }
    owner.credentials = credentials;
    callback(null, credentials);
  });
}

function getAndSet(owner: Config, callback: CredentialsCallback): void {
  const credentials = usualCredentials(owner);
  getFromObject(credentials, (error, found) => {
    if (found) owner.credentials ??= credentials;
    callback(error, found);
  });
}

/** Of each configuration, the credentials of the provider function that was used last. */
const provided = new WeakMap<Config, { readonly provider: unknown; readonly credentials: ProvidedCredentials }>();

/** The credentials of a provider function are reused until they expire. */
function providedOf(owner: Config, provider: AwsCredentialIdentityProvider): ProvidedCredentials {
  let known = provided.get(owner);
  if (known?.provider !== provider)
    provided.set(owner, (known = { provider, credentials: providedBy(provider, owner) }));
  return known.credentials;
}

/** Static keys cannot be refreshed; classes that can override `refresh`. */
function isStatic(credentials: object): boolean {
  return (credentials as { readonly refresh?: unknown }).refresh === Credentials.prototype.refresh;
}

/** Provider functions and the default chain have messages of their own. */
function failureOf(credentials: object, { message }: Error): string {
  if (credentials instanceof ProvidedCredentials) return message;
  return `Could not load credentials from ${credentials.constructor.name || "Credentials"}`;
}

/** An error of this caller: others that waited for the same credentials share the cause. */
function credentialsError(message: string, cause?: Error): AWSError {
  const made = Object.assign(new Error(), cause && { originalError: cause });
  return awsError(made, { code: "CredentialsError", message, name: "CredentialsError" });
}

/**
 * Services accept version 4, and no other is implemented.
 *
 * @throws Error for another version
 */
export function checkSignatureVersion(version: string | null | undefined): void {
  if (version === undefined || version === null || /^(s3)?v4$/.test(version)) return;
  throw new Error(`The option signatureVersion is "${version}", and only "v4" is supported: leave it out`);
}
