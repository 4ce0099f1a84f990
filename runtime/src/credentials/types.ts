import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";

export type { AwsCredentialIdentity, AwsCredentialIdentityProvider };

/** How one wants credentials. */
export interface CredentialRequest {
  /** Ends the waiting; what others wait for goes on. */
  readonly signal?: AbortSignal | undefined;
  /** The last answer was refused by the service: ask anew. Where nothing can be asked, the answer is the same object. */
  readonly forceRefresh?: boolean | undefined;
}

/** Where a client gets its credentials from, at each attempt. */
export interface CredentialSource {
  /**
   * The credentials to sign with now; at once where they are at hand, so that the usual call waits for nothing.
   *
   * @throws CredentialsError where there are none
   */
  get(request?: CredentialRequest): AwsCredentialIdentity | Promise<AwsCredentialIdentity>;
}

/** Why a place has no credentials to give, in half a sentence for people. */
export interface Unavailable {
  readonly reason: string;
}
