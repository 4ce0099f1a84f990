import { ConfigurationError } from "../errors/client.js";

/** `missing-region.ts` for platforms without environment variables and files. */
export function missingRegion(): ConfigurationError {
  return new ConfigurationError("No AWS Region is set, and requests are signed for one. Set the client option region.");
}
