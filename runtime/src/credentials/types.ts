import type { ClientOptions } from "../config/options.js";
import type { Environment } from "../config/environment.js";
import type { Logger } from "../observe/logger.js";
import type { Transport } from "../transport/types.js";

// The next types are `@smithy/types`' own, written out: that package has one entry, and a compiler that reads it for
// some names reads 4,000 lines. The type tests hold them to the originals.

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

/** A bearer token, as every provider of the ecosystem gives it. */
export interface TokenIdentity {
  readonly token: string;
  /** From when on it is no longer accepted. */
  readonly expiration?: Date;
}

/** Gives a token, a new one at each call where the old one expires. */
export type TokenIdentityProvider = (identityProperties?: Record<string, unknown>) => Promise<TokenIdentity>;

/** What clients have as an option whose service takes bearer tokens. */
export interface TokenOptions {
  /** A bearer token, or a function that gives it; it is kept until it expires. */
  readonly token?: TokenIdentity | TokenIdentityProvider;
}

/** How one wants credentials. */
export interface CredentialRequest {
  /** Ends the waiting; what others wait for goes on. */
  readonly signal?: AbortSignal | undefined;
  /** The last answer was refused by the service: ask anew. Where nothing can be asked, the answer is the same object. */
  readonly forceRefresh?: boolean | undefined;
}

/** Where a client gets its credentials from, at each attempt. */
export interface CredentialSource<Identity = AwsCredentialIdentity> {
  /**
   * The credentials to sign with now; at once where they are at hand, so that the usual call waits for nothing.
   *
   * @throws CredentialsError where there are none
   */
  get(request?: CredentialRequest): Identity | Promise<Identity>;
}

/** Credentials that the default chain found. */
export interface FoundCredentials extends AwsCredentialIdentity {
  /** Where they are from, in words for people: `environment variables`. */
  readonly source: string;
}

/** Why a place has no credentials to give. */
export interface Unavailable {
  /** In half a sentence for people; holds no secret. */
  readonly reason: string;
  /** The place was meant to serve: what lies behind it in the chain would be somebody else's credentials. */
  readonly isBroken?: true;
  readonly cause?: unknown;
}

/** What the places of the default chain go by. */
export interface CredentialContext {
  readonly environment: Environment;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The client's own region, for the calls that get credentials; undefined leaves it to environment and profile. */
  readonly region: ClientOptions["region"];
  readonly logger: Logger | undefined;
  /** What the client sends its requests with. */
  readonly transport: Transport;
}
