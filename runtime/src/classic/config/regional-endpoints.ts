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

/** Unsets the options where only their default is set, so that environment and profile are read. */
export function unsetDefaults(made: ServiceConfig, given: readonly (ConfigurationOptions | undefined)[]): void {
  for (const { option } of Object.values(sources)) {
    if (made[option] === "legacy" && !given.some((each) => each?.[option])) made[option] = undefined;
  }
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
  if (given !== undefined) return checked(given, `"${option}" configuration`, "InvalidConfiguration");
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
