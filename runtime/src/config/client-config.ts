import type { ClientOptions } from "./options.js";
import { isRetryMode, type RetryModeName, retryModes } from "../retry/modes.js";
import { endpointUrlProblem } from "../endpoints/url.js";
import type { EndpointParameters, Service } from "../schema/service.js";
import { ConfigurationError } from "../errors/client.js";
import { type Environment, askForRegion, checkRegion } from "./environment.js";
import { loadSharedFiles } from "./shared-files.js";
import { Lookup } from "./lookup.js";

/** What a client goes by, once options, environment and shared config file have been asked, in this order. */
export interface ClientConfig {
  /** Undefined where nobody says one. */
  readonly region: string | undefined;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** URL to use instead of the service's own endpoint. */
  readonly endpoint: string | undefined;
  readonly maxAttempts: number;
  readonly retryMode: RetryModeName;
  /** What the service's own options give its endpoint rules, by parameter. */
  readonly endpointParameters: EndpointParameters;
}

/** The options of a client that can be set outside the code too. */
export type ConfigurableOptions = Pick<ClientOptions, Exclude<keyof ClientConfig, "endpointParameters">>;

/** What is read for one service in particular. */
export type ConfiguredService = Pick<Service, "sdkId" | "endpointOptions">;

/**
 * Settles what the options leave open from environment variables, then from the profile of the shared config file,
 * which is read only where something is still open: then, or where `region` is a function, the answer is a promise.
 *
 * @param service its `sdkId` is what endpoints are configured by
 * @throws ConfigurationError for a value that is none, naming where it stands
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function readClientConfig(
  options: ConfigurableOptions,
  service: ConfiguredService,
  environment: Environment,
): ClientConfig | Promise<ClientConfig> {
  const lookup = new Lookup(environment);
  const config = settle(options, service, lookup);
  if (!lookup.isIncomplete && typeof options.region !== "function") return config;
  return readWithProfile(options, service, environment);
}

async function readWithProfile(
  options: ConfigurableOptions,
  service: ConfiguredService,
  environment: Environment,
): Promise<ClientConfig> {
  const config = settle(options, service, new Lookup(environment, await loadSharedFiles(environment)));
  return typeof options.region === "function" ? { ...config, region: await askForRegion(options.region) } : config;
}

function settle(options: ConfigurableOptions, service: ConfiguredService, lookup: Lookup): ClientConfig {
  return {
    region: regionOf(options, lookup),
    useFipsEndpoint: options.useFipsEndpoint ?? lookup.boolean("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") ?? false,
    useDualstackEndpoint:
      options.useDualstackEndpoint ?? lookup.boolean("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint") ?? false,
    endpoint: endpointOf(options, service.sdkId, lookup),
    maxAttempts: options.maxAttempts ?? maxAttemptsOf(lookup) ?? 3,
    retryMode: options.retryMode ?? retryModeOf(lookup) ?? "standard",
    endpointParameters: service.endpointOptions?.read(options, lookup) ?? {},
  };
}

function regionOf({ region }: ConfigurableOptions, lookup: Lookup): string | undefined {
  if (typeof region === "function") return undefined;
  if (region !== undefined) return checkRegion(region, "The client's option region");
  const found = lookup.find(["AWS_REGION", "AWS_DEFAULT_REGION"], "region");
  return found && checkRegion(found.text, found.source);
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointOf({ endpoint }: ConfigurableOptions, serviceId: string, lookup: Lookup): string | undefined {
  if (endpoint !== undefined) return String(endpoint);
  if (lookup.boolean("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")) return undefined;
  const service = serviceId.replaceAll(" ", "_");
  const found =
    lookup.inEnvironment(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ??
    lookup.inEnvironment("AWS_ENDPOINT_URL") ??
    lookup.inServices(`${service.toLowerCase()}.endpoint_url`) ??
    lookup.inProfile("endpoint_url");
  if (!found) return undefined;
  const problem = endpointUrlProblem(found.text);
  if (problem) throw new ConfigurationError(`${found.source} ${problem}`);
  return found.text;
}

function maxAttemptsOf(lookup: Lookup): number | undefined {
  const found = lookup.find(["AWS_MAX_ATTEMPTS"], "max_attempts");
  if (!found) return undefined;
  if (/^[1-9]\d{0,8}$/.test(found.text)) return Number(found.text);
  throw new ConfigurationError(`${found.source} must be a whole number from 1, but is ${JSON.stringify(found.text)}`);
}

function retryModeOf(lookup: Lookup): RetryModeName | undefined {
  const found = lookup.find(["AWS_RETRY_MODE"], "retry_mode");
  if (!found) return undefined;
  const mode = found.text.toLowerCase();
  if (isRetryMode(mode)) return mode;
  // What older tools call so has no counterpart here; setting it for them must not break this client.
  if (mode === "legacy") return "standard";
  throw new ConfigurationError(
    `${found.source} must be ${Object.keys(retryModes).join(", ")} or legacy, but is ${JSON.stringify(found.text)}`,
  );
}
