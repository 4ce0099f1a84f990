import { ClientsmithError, type ErrorFields } from "./base.js";

/** A setting is missing or wrong; the message says which and how to give it. */
export class ConfigurationError extends ClientsmithError {
  static readonly errorCode = "Configuration";
  override readonly name = "ConfigurationError";
  readonly code = "Configuration";
}

/** No credentials: `tried` lists each source and why it did not serve. */
export class CredentialsError extends ClientsmithError {
  static readonly errorCode = "Credentials";
  override readonly name = "CredentialsError";
  readonly code = "Credentials";
  readonly tried: readonly { readonly source: string; readonly reason: string }[];

  constructor(message: string, fields: ErrorFields & { readonly tried?: CredentialsError["tried"] } = {}) {
    super(message, fields);
    this.tried = fields.tried ?? [];
  }
}

/** The service's endpoint rules refuse the configuration (FIPS where there is none, say). */
export class EndpointError extends ClientsmithError {
  static readonly errorCode = "Endpoint";
  override readonly name = "EndpointError";
  readonly code = "Endpoint";
}
