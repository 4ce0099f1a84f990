import { CredentialsError } from "../errors/client.js";
import { expiryProblem, unfitFor } from "./check.js";
import type { InstanceMetadata } from "./from-instance-metadata.js";
import type { LoadCredentials } from "./refreshing-source.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/** One place where credentials may be found. Its module is loaded when its turn comes. */
export interface CredentialChainEntry {
  /** For messages: `environment variables`. */
  readonly source: string;
  readonly load: () => Promise<FoundCredentials | Unavailable>;
}

/**
 * Places in the order of the AWS SDKs for JavaScript. What somebody set up goes before what the machine offers. Keys in
 * the environment go before `AWS_PROFILE`, as the reference guide and the AWS CLI have it; version 3 of the SDK turns
 * these two around and says that it should not.
 */
function placesOf(context: CredentialContext): readonly CredentialChainEntry[] {
  const { environment } = context;
  let metadata: InstanceMetadata | undefined;
  return [
    {
      source: "environment variables",
      load: async () => (await import("./from-environment.js")).credentialsFromEnvironment(environment),
    },
    {
      source: "shared config files",
      load: async () => (await import("./from-shared-files.js")).credentialsFromSharedFiles(context),
    },
    {
      source: "web identity",
      load: async () => (await import("./from-web-identity.js")).credentialsFromWebIdentity(context),
    },
    {
      source: "container",
      load: async () => (await import("./from-container.js")).credentialsFromContainer(environment),
    },
    {
      source: "instance metadata",
      load: async () => {
        metadata ??= new (await import("./from-instance-metadata.js")).InstanceMetadata(context);
        return metadata.load();
      },
    },
  ];
}

/**
 * The default chain: its function answers with the first credentials along it, searched anew at every call. A place that
 * was set up but fails ends the search.
 *
 * The function throws a `CredentialsError` listing each place and why it did not serve, and a `ConfigurationError` for a
 * shared file that is malformed.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function createDefaultChain(
  context: CredentialContext,
  places: readonly CredentialChainEntry[] = placesOf(context),
): LoadCredentials {
  return async () => {
    const tried: { source: string; reason: string }[] = [];
    for (const { source, load } of places) {
      const found = await load();
      const problem = "reason" in found ? undefined : problemOf(found, context.now());
      const answer: typeof found = problem ? { reason: problem, isBroken: true } : found;
      if (!("reason" in answer)) return answer;
      const { reason, isBroken } = answer;
      tried.push({ source, reason });
      if (isBroken) {
        throw new CredentialsError(
          `AWS credentials are set up but cannot be had. Mend that, or give the client option credentials.${list(tried)}`,
          "cause" in answer ? { tried, cause: answer.cause } : { tried },
        );
      }
    }
    throw new CredentialsError(
      "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, put them into a profile, or give " +
        `the client option credentials.${list(tried)}`,
      { tried },
    );
  };
}

function problemOf(found: FoundCredentials, now: number): string | undefined {
  const expiry = expiryProblem(found, now);
  return unfitFor(found) ?? (expiry && `the credentials of ${found.source} ${expiry}`);
}

function list(tried: CredentialsError["tried"]): string {
  return ` Tried:${tried.map(({ source, reason }) => `\n  ${source}: ${reason}`).join("")}`;
}
