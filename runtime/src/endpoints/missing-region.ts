import { ConfigurationError } from "../errors/client.js";

/** @param fileProblems a sentence with problems of the shared files that may be the reason */
export function missingRegion(fileProblems = ""): ConfigurationError {
  return new ConfigurationError(
    `No AWS Region is set, and requests are signed for one. Set the client option region, the environment variable AWS_REGION, or region in the profile of the shared config file.${fileProblems}`,
  );
}
