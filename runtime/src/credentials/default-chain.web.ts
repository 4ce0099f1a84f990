import { CredentialsError } from "../errors/setup.js";

/** `default-chain.ts` where there are neither environment variables nor files. */
export async function loadDefaultCredentials(): Promise<never> {
  throw new CredentialsError(
    "No AWS credentials are given, and there is no place here to look for some. Give the client option credentials, such as a provider of @aws-sdk/credential-providers that signs users in.",
    { tried: [] },
  );
}
