import type { Environment } from "../config/environment.js";
import { CredentialsError } from "../errors/setup.js";
import type { AwsCredentialIdentity, Unavailable } from "./types.js";

/** One place where credentials may be found. Its module is loaded when its turn comes. */
export interface CredentialChainEntry {
  /** For messages: `environment variables`. */
  readonly source: string;
  /** Fails only where the source was meant to serve but is broken; the chain then ends there. */
  readonly load: (environment: Environment) => Promise<AwsCredentialIdentity | Unavailable>;
}

/** The order is that of the AWS SDKs. @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html */
const defaultChain: readonly CredentialChainEntry[] = [
  {
    source: "environment variables",
    load: async (environment) => (await import("./from-environment.js")).credentialsFromEnvironment(environment),
  },
  {
    source: "shared config files",
    load: async (environment) => (await import("./from-shared-files.js")).credentialsFromSharedFiles(environment),
  },
];

/**
 * The first credentials along the chain.
 *
 * @throws CredentialsError listing each source and why it did not serve
 */
export async function loadDefaultCredentials(
  environment: Environment,
  chain: readonly CredentialChainEntry[] = defaultChain,
): Promise<AwsCredentialIdentity> {
  const tried: { source: string; reason: string }[] = [];
  for (const { source, load } of chain) {
    const answer = await load(environment);
    if (!("reason" in answer)) return answer;
    tried.push({ source, reason: answer.reason });
  }
  const list = tried.map(({ source, reason }) => `\n  ${source}: ${reason}`).join("");
  throw new CredentialsError(
    "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, put them into a profile, or give " +
      `the client option credentials. Tried:${list}`,
    { tried },
  );
}
