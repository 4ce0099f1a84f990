import type { ClientOptions } from "../config/options.js";
import type { Environment } from "../config/environment.js";
import type { Logger } from "../observe/logger.js";
import type { Transport } from "../transport/types.js";

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

/** Options of a request for credentials. */
export interface CredentialRequest {
  /** Ends the wait of this caller only. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The service rejected the last credentials: fetch new ones. Returns the same object if there is nothing to fetch.
   */
  readonly forceRefresh?: boolean | undefined;
}

/** Where a client gets its credentials from, for each attempt. */
export interface CredentialSource<Identity = AwsCredentialIdentity> {
  /**
   * The credentials to sign with now; not a promise if they are available, so that a typical call does not wait.
   *
   * @throws CredentialsError if there are none
   */
  get(request?: CredentialRequest): Identity | Promise<Identity>;
}

/** Credentials that the default chain found. */
export interface FoundCredentials extends AwsCredentialIdentity {
  /** For messages: `environment variables`. */
  readonly source: string;
}

/** Why a source has no credentials. */
export interface Unavailable {
  /** Part of a sentence for messages, without secrets. */
  readonly reason: string;
  /**
   * The source is configured but failed. Sources further down the chain would return credentials of another identity.
   */
  readonly isBroken?: true;
  readonly cause?: unknown;
}

/** What the sources of the default chain depend on. */
export interface CredentialContext {
  readonly environment: Environment;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The client's own region, for requests that obtain credentials; if undefined, environment and profile decide. */
  readonly region: ClientOptions["region"];
  readonly logger: Logger | undefined;
  /** The client's transport. */
  readonly transport: Transport;
}
