import { isValidHostLabel } from "../endpoints/rule-functions.js";
import { ConfigurationError } from "../errors/client.js";

/** Where settings outside the code are read from. Passed as an argument, so that nothing depends on the process. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Contains `.aws/config` and `.aws/credentials`. Default: `HOME`, on Windows else `USERPROFILE` or `HOMEDRIVE` and
   * `HOMEPATH`, else the home directory of the operating system.
   */
  readonly homeDirectory?: string | undefined;
}

/** The environment of this process; empty if there is none (in a browser). */
export const processEnvironment: Environment = { env: typeof process === "undefined" ? {} : process.env };

/** Name of the profile: `AWS_PROFILE`, else `default`. */
export function profileName({ env }: Environment): string {
  return env["AWS_PROFILE"] || "default";
}

/**
 * Checks a region from `source`. It becomes part of host names, so anything but a host label is rejected: a region such
 * as `x.example.com/#` would send signed requests elsewhere.
 */
export function checkRegion(region: unknown, source: string): string {
  if (typeof region === "string" && isValidHostLabel(region, false)) return region;
  const shown = typeof region === "string" ? JSON.stringify(region.slice(0, 100)) : String(region);
  throw new ConfigurationError(`${source} must be a region such as us-east-1, but is ${shown}`);
}

/** Calls a client's `region` function. */
export async function callRegionProvider(provider: () => Promise<string>): Promise<string> {
  let region: string;
  try {
    region = await provider();
  } catch (error) {
    throw new ConfigurationError("The client's region function failed; see the cause", { cause: error });
  }
  return checkRegion(region, "The result of the client's region function");
}
