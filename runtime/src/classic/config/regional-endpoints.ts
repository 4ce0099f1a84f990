import type { Service } from "../../schema/service.js";
import { awsError } from "../aws-error.js";
import type { ServiceConfig } from "./config.js";
import type { ConfigurationOptions } from "./options.js";
import { profileSetting } from "./shared-config.js";

type OptionName = "s3UsEast1RegionalEndpoint" | "stsRegionalEndpoints";

/** Where an option is read from that the configuration leaves unset. */
interface Source {
  readonly option: OptionName;
  readonly variable: string;
  readonly setting: string;
}

/** By the parameter's `builtIn` of services that have a global and a regional endpoint. */
const sources: Readonly<Record<string, Source>> = {
  "AWS::S3::UseGlobalEndpoint": {
    option: "s3UsEast1RegionalEndpoint",
    variable: "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
    setting: "s3_us_east_1_regional_endpoint",
  },
  "AWS::STS::UseGlobalEndpoint": {
    option: "stsRegionalEndpoints",
    variable: "AWS_STS_REGIONAL_ENDPOINTS",
    setting: "sts_regional_endpoints",
  },
};

/** The options that a configuration has from the defaults only: for these, environment and profile are read. */
const unset = new WeakMap<object, ReadonlySet<OptionName>>();

/** Notes which of the options neither `config` nor the constructor sets, as far as their values show it. */
export function noteUnset(made: ServiceConfig, given: readonly (ConfigurationOptions | undefined)[]): void {
  const options = Object.values(sources).map(({ option }) => option);
  unset.set(made, new Set(options.filter((option) => !given.some((each) => each?.[option]))));
}

/**
 * Whether requests go to the global endpoint: by the option, else the environment variable, else the profile, else yes.
 *
 * @throws AWSError for a value other than `legacy` and `regional`
 */
export function usesGlobalEndpoint(builtIn: string, config: ServiceConfig): boolean | undefined {
  const source = sources[builtIn];
  return source && valueOf(source, config) !== "regional";
}

/** @throws AWSError as {@link usesGlobalEndpoint}, for the options that the service has */
export function checkRegionalEndpoints({ endpointBuiltIns }: Service, config: ServiceConfig): void {
  for (const builtIn of Object.values(endpointBuiltIns)) usesGlobalEndpoint(builtIn, config);
}

function valueOf({ option, variable, setting }: Source, config: ServiceConfig): string {
  const given = config[option];
  const isUnset = given === "legacy" && unset.get(config)?.has(option);
  if (given !== undefined && !isUnset) return checked(given, `"${option}" configuration`, "InvalidConfiguration");
  const inEnvironment = process.env[variable];
  if (inEnvironment !== undefined) {
    return checked(inEnvironment, `${variable} environmental variable`, "InvalidEnvironmentalVariable");
  }
  return checked(profileSetting(setting) ?? "legacy", `${setting} profile config`, "InvalidConfiguration");
}

function checked(value: string, where: string, code: string): string {
  const known = value.toLowerCase();
  if (known === "legacy" || known === "regional") return known;
  const message = `invalid ${where}. Expect "legacy"  or "regional". Got "${value}".`;
  throw awsError(new Error(), { code, message });
}
