// The next types are copies of those of `@smithy/types`: that package has a single entry point, and compiling it for a
// few names means reading 4,000 lines. The type tests compare them.

/** AWS credentials, as all credential providers return them. */
export interface AwsCredentialIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary credentials. */
  readonly sessionToken?: string;
  readonly credentialScope?: string;
  /** The account that the credentials belong to. */
  readonly accountId?: string;
  /** When they expire. */
  readonly expiration?: Date;
}

/** Returns credentials; new ones at each call if the old ones expire. */
export type AwsCredentialIdentityProvider = (
  identityProperties?: Record<string, unknown>,
) => Promise<AwsCredentialIdentity>;

/** A bearer token, as all token providers return it. */
export interface TokenIdentity {
  readonly token: string;
  /** When it expires. */
  readonly expiration?: Date;
}

/** Returns a token; a new one at each call if the old one expires. */
export type TokenIdentityProvider = (identityProperties?: Record<string, unknown>) => Promise<TokenIdentity>;

/** Client options of services that accept bearer tokens. */
export interface TokenOptions {
  /** A bearer token, or a function that returns it; the result is cached until it expires. */
  readonly token?: TokenIdentity | TokenIdentityProvider;
}
