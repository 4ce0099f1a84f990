import { isValidHostLabel } from "../endpoints/hostLabel.js";
import { ConfigurationError } from "../errors/setup.js";

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
