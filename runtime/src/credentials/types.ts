import type { AwsCredentialIdentity } from "../config/identity.js";
import type { Environment } from "../config/environment.js";
import type { Logger } from "../observe/logger.js";
import type { Transport } from "../schema/http.js";

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
  readonly region: string | (() => Promise<string>) | undefined;
  readonly logger: Logger | undefined;
  /** The client's transport. */
  readonly transport: Transport;
}
