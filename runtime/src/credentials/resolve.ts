import { CredentialsError } from "../errors/client.js";
import { checkCredentials } from "./check.js";
import { type LoadCredentials, RefreshingCredentialSource } from "./refreshing-source.js";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "../config/identity.js";
import type { CredentialContext, CredentialSource } from "./types.js";

export type { CredentialSource } from "./types.js";

/** Max milliseconds for the default chain. Its sources have their own limits, of at most a minute. */
const maxSearchTime = 90_000;

/**
 * Creates a client's source of credentials from its option `credentials`: an object is used as it is; a function is
 * called, and its result is cached until it expires. Without the option, the default chain is searched at the first
 * call.
 */
export function createCredentialSource(
  input: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined,
  context: CredentialContext,
): CredentialSource {
  if (input === undefined) {
    let chain: LoadCredentials | undefined;
    return new RefreshingCredentialSource(
      async (request) => {
        chain ??= (await import("./default-chain.js")).createDefaultChain(context);
        return chain(request);
      },
      context.now,
      "The search for credentials",
      maxSearchTime,
    );
  }
  if (typeof input === "function") {
    return new RefreshingCredentialSource((request) => callProvider(input, request.forceRefresh), context.now);
  }
  checkCredentials(input, "The client's option credentials");
  return { get: () => input };
}

async function callProvider(
  provider: AwsCredentialIdentityProvider,
  forceRefresh: boolean,
): Promise<AwsCredentialIdentity> {
  let result: unknown;
  try {
    // The name that caching providers of `@aws-sdk/credential-providers` use.
    result = await provider(forceRefresh ? { forceRefresh } : {});
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    // Without the provider's message, which may quote secrets.
    throw new CredentialsError(`The client's credentials function failed with ${name}; see the cause`, {
      cause: error,
    });
  }
  return checkCredentials(result, "The result of the client's credentials function");
}
