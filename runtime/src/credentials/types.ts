// The first two types are `@smithy/types`' own, written out: that package has one entry, and a compiler that reads it for
// two names reads 4,000 lines. The type tests hold them to the originals.

/** Credentials of AWS, as every provider of the ecosystem gives them. */
export interface AwsCredentialIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary credentials. */
  readonly sessionToken?: string;
  readonly credentialScope?: string;
  /** The account that the credentials belong to. */
  readonly accountId?: string;
  /** From when on they are no longer accepted. */
  readonly expiration?: Date;
}

/** Gives credentials, new ones at each call where the old ones expire. */
export type AwsCredentialIdentityProvider = (
  identityProperties?: Record<string, unknown>,
) => Promise<AwsCredentialIdentity>;

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
