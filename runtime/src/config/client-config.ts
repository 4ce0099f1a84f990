import type { ClientOptions } from "./options.js";
import { isRetryMode, type RetryModeName, retryModes } from "../retry/modes.js";
import { endpointUrlProblem } from "../endpoints/url.js";
import { missingRegion } from "../endpoints/missing-region.js";
import type { EndpointSettings } from "../endpoints/resolve.js";
import type { Service } from "../schema/service.js";
import { ConfigurationError } from "../errors/client.js";
import { type Environment, callRegionProvider, checkRegion, profileName } from "./environment.js";
import { loadSharedFiles, problemsOf } from "./shared-files.js";
import { Lookup } from "./lookup.js";

/** A client's configuration: the options, then environment variables, then the shared config file. */
export interface ClientConfig extends EndpointSettings {
  readonly maxAttempts: number;
  readonly retryMode: RetryModeName;
}

/** Client options that can also be set outside the code. */
export type ConfigurableOptions = Pick<ClientOptions, Exclude<keyof ClientConfig, "endpointParameters">>;

/** The facts of a service that its configuration depends on. */
export type ConfiguredService = Pick<Service, "sdkId" | "endpointOptions" | "signingName" | "retry">;

/**
 * Completes the options from environment variables, then from the profile of the shared config file. The file is read only
 * if a setting is still missing. Returns a promise if the file is read or `region` is a function.
 *
 * @param service its `sdkId` is part of the names of endpoint settings
 * @throws ConfigurationError for an invalid value, whose source the message names, and for a missing Region
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
  const files = await loadSharedFiles(environment);
  const config = settle(options, service, new Lookup(environment, files));
  if (typeof options.region === "function") return { ...config, region: await callRegionProvider(options.region) };
  if (config.region === undefined && service.signingName !== undefined) {
    throw missingRegion(problemsOf(files, profileName(environment)));
  }
  return config;
}

function settle(options: ConfigurableOptions, service: ConfiguredService, lookup: Lookup): ClientConfig {
  return {
    region: regionOf(options, lookup),
    useFipsEndpoint: options.useFipsEndpoint ?? lookup.boolean("AWS_USE_FIPS_ENDPOINT") ?? false,
    useDualstackEndpoint: options.useDualstackEndpoint ?? lookup.boolean("AWS_USE_DUALSTACK_ENDPOINT") ?? false,
    endpoint: endpointOf(options, service.sdkId, lookup),
    maxAttempts: options.maxAttempts ?? maxAttemptsOf(lookup) ?? service.retry?.maxAttempts ?? 3,
    retryMode: options.retryMode ?? retryModeOf(lookup) ?? "standard",
    endpointParameters: service.endpointOptions?.read(options, lookup) ?? {},
  };
}

function regionOf({ region }: ConfigurableOptions, lookup: Lookup): string | undefined {
  if (typeof region === "function") return undefined;
  if (region !== undefined) return checkRegion(region, "The client's option region");
  const found = lookup.find(["AWS_REGION", "AWS_DEFAULT_REGION"]);
  return found && checkRegion(found.text, found.source);
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointOf({ endpoint }: ConfigurableOptions, serviceId: string, lookup: Lookup): string | undefined {
  if (endpoint !== undefined) return String(endpoint);
  if (lookup.boolean("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) return undefined;
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
  const found = lookup.find(["AWS_MAX_ATTEMPTS"]);
  if (!found) return undefined;
  if (/^[1-9]\d{0,8}$/.test(found.text)) return Number(found.text);
  throw new ConfigurationError(`${found.source} must be a whole number from 1, but is ${JSON.stringify(found.text)}`);
}

function retryModeOf(lookup: Lookup): RetryModeName | undefined {
  const found = lookup.find(["AWS_RETRY_MODE"]);
  if (!found) return undefined;
  const mode = found.text.toLowerCase();
  if (isRetryMode(mode)) return mode;
  // Older tools have this mode; a setting for them must not break this client.
  if (mode === "legacy") return "standard";
  throw new ConfigurationError(
    `${found.source} must be ${Object.keys(retryModes).join(", ")} or legacy, but is ${JSON.stringify(found.text)}`,
  );
}
