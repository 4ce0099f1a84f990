import type { KnownCredentials } from "../signing/verify.js";

/** A key pair whose requests a local service takes; every `AwsCredentialIdentity` is one. */
export interface LocalCredentials extends KnownCredentials {
  readonly accessKeyId: string;
}

/**
 * The key pair that a local service knows where it is given none. It is the one that AWS's documentation uses for
 * examples: it opens nothing anywhere else.
 */
export const testCredentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const satisfies LocalCredentials;
