import { CredentialsError } from "../errors/client.js";
import { expiryProblem, unfitFor } from "./check.js";
import type { InstanceMetadata } from "./from-instance-metadata.js";
import type { LoadCredentials } from "./refreshing-source.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/** One source of credentials. Its module is loaded when it is tried. */
export interface CredentialChainEntry {
  /** For messages: `environment variables`. */
  readonly source: string;
  readonly load: () => Promise<FoundCredentials | Unavailable>;
}

/**
 * The sources, in the order of the AWS SDKs for JavaScript: configured ones before those of the machine. Keys in the
 * environment take precedence over `AWS_PROFILE`, as in the reference guide and the AWS CLI. AWS SDK v3 has these two
 * in reverse order and documents that as a mistake.
 */
function sourcesOf(context: CredentialContext): readonly CredentialChainEntry[] {
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
 * The default chain. Its function returns the first credentials that are found, and searches again at every call. A
 * source that is configured but fails ends the search.
 *
 * The function throws a `CredentialsError` that lists each source and why it was not used, and a `ConfigurationError`
 * for a malformed shared file with needed settings.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function createDefaultChain(
  context: CredentialContext,
  sources: readonly CredentialChainEntry[] = sourcesOf(context),
): LoadCredentials {
  return async () => {
    const tried: { source: string; reason: string }[] = [];
    for (const { source, load } of sources) {
      const found = await load();
      const problem = "reason" in found ? undefined : problemOf(found, context.now());
      const result: typeof found = problem ? { reason: problem, isBroken: true } : found;
      if (!("reason" in result)) return result;
      const { reason, isBroken } = result;
      tried.push({ source, reason });
      if (isBroken) {
        throw new CredentialsError(
          `AWS credentials are configured but cannot be loaded. Correct the source that failed, or set the client option credentials.${list(tried)}`,
          "cause" in result ? { tried, cause: result.cause } : { tried },
        );
      }
    }
    throw new CredentialsError(
      "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, put them into a profile, or set " +
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
