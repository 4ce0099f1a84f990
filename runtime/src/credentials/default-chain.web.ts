import { CredentialsError } from "../errors/client.js";
import type { LoadCredentials } from "./refreshing-source.js";

/** `default-chain.ts` where there are neither environment variables nor files. */
export function createDefaultChain(): LoadCredentials {
  return () =>
    Promise.reject(
      new CredentialsError(
        "No AWS credentials are given, and there is no place here to look for some. Give the client option credentials, such as a provider of @aws-sdk/credential-providers that signs users in.",
        { tried: [] },
      ),
    );
}
