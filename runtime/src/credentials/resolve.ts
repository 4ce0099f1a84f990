import { CredentialsError } from "../errors/client.js";
import { checkCredentials } from "./check.js";
import { type LoadCredentials, RefreshingCredentialSource } from "./refreshing-source.js";
import type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  CredentialContext,
  CredentialSource,
} from "./types.js";

export type { CredentialSource } from "./types.js";

/** Longest time that the default chain may take, in milliseconds: its places have limits themselves, of a minute at most. */
const longestSearch = 90_000;

/**
 * Makes a client's source of credentials from its `credentials` option: an object is used as it is, a function is
 * called and its answer kept while it lasts. Without the option the default chain is searched, at the first call.
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
      longestSearch,
    );
  }
  if (typeof input === "function") {
    return new RefreshingCredentialSource((request) => askProvider(input, request.forceRefresh), context.now);
  }
  return { get: () => input };
}

async function askProvider(
  provider: AwsCredentialIdentityProvider,
  forceRefresh: boolean,
): Promise<AwsCredentialIdentity> {
  let answer: unknown;
  try {
    // The argument's name is that of the providers in `@aws-sdk/credential-providers` which keep their answer themselves.
    answer = await provider(forceRefresh ? { forceRefresh } : {});
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    // Not its message: providers quote what they could not read, and that may be a secret.
    throw new CredentialsError(`The client's credentials function failed with ${name}, which is the cause`, {
      cause: error,
    });
  }
  return checkCredentials(answer, "The answer of the client's credentials function");
}
