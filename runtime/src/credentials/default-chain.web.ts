import { CredentialsError } from "../errors/client.js";
import type { LoadCredentials } from "./refreshing-source.js";

/** `default-chain.ts` for platforms without environment variables and files. */
export function createDefaultChain(): LoadCredentials {
  return () =>
    Promise.reject(
      new CredentialsError(
        "No AWS credentials are set, and this platform has no default source. Set the client option credentials, for example to a provider of @aws-sdk/credential-providers that signs users in.",
        { tried: [] },
      ),
    );
}
