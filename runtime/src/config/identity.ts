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
  readonly token?: string | TokenIdentity | TokenIdentityProvider | undefined;
}

/** An API key, as all providers return it. */
export interface ApiKeyIdentity {
  readonly apiKey: string;
  /** When it expires. */
  readonly expiration?: Date;
}

/** Returns an API key; a new one at each call if the old one expires. */
export type ApiKeyIdentityProvider = (identityProperties?: Record<string, unknown>) => Promise<ApiKeyIdentity>;

/** Client options of services that accept API keys. */
export interface ApiKeyOptions {
  /** An API key, or a function that returns it; the result is cached until it expires. */
  readonly apiKey?: string | ApiKeyIdentity | ApiKeyIdentityProvider | undefined;
}

/** A user name and a password. */
export interface LoginIdentity {
  readonly username: string;
  readonly password: string;
  /** When they expire. */
  readonly expiration?: Date;
}

/** Returns a user name and a password; new ones at each call if the old ones expire. */
export type LoginIdentityProvider = (identityProperties?: Record<string, unknown>) => Promise<LoginIdentity>;

/** Client options of services that accept a user name and a password. */
export interface LoginOptions {
  /** A user name and a password, or a function that returns them; the result is cached until they expire. */
  readonly login?: LoginIdentity | LoginIdentityProvider | undefined;
}
