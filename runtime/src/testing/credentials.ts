import type { KnownCredentials } from "../signing/verify.js";

/** A key pair whose requests a local service accepts; every `AwsCredentialIdentity` is assignable. */
export interface LocalCredentials extends KnownCredentials {
  readonly accessKeyId: string;
}

/** The default key pair of a local service. It is the example key of AWS's documentation and valid nowhere else. */
export const testCredentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const satisfies LocalCredentials;
