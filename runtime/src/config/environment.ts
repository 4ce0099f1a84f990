import { isValidHostLabel } from "../endpoints/rule-functions.js";
import { ConfigurationError } from "../errors/client.js";

/** Where settings outside the code are looked for; handed in, so that nothing here depends on the process. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Holds `.aws/config` and `.aws/credentials`. Default: `HOME` or `USERPROFILE`, else the system's answer. */
  readonly homeDirectory?: string | undefined;
}

/** That of this process; empty where there is none (a browser). */
export const processEnvironment: Environment = { env: typeof process === "undefined" ? {} : process.env };

/** Name of the profile to use: `AWS_PROFILE`, else `default`. */
export function profileName({ env }: Environment): string {
  return env["AWS_PROFILE"] || "default";
}

/**
 * A region as it came from `source`. It becomes part of host names, so anything but a host label is refused: a region
 * such as `x.example.com/#` would send signed requests elsewhere.
 */
export function checkRegion(region: unknown, source: string): string {
  if (typeof region === "string" && isValidHostLabel(region, false)) return region;
  const shown = typeof region === "string" ? JSON.stringify(region.slice(0, 100)) : String(region);
  throw new ConfigurationError(`${source} must be a region such as us-east-1, but is ${shown}`);
}

/** Calls a client's `region` function. */
export async function askForRegion(ask: () => Promise<string>): Promise<string> {
  let region: string;
  try {
    region = await ask();
  } catch (error) {
    throw new ConfigurationError("The client's region function failed; its error is the cause", { cause: error });
  }
  return checkRegion(region, "The answer of the client's region function");
}
