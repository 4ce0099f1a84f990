import { RefreshingCredentialSource } from "../../credentials/refreshing-source.js";
import type { AwsCredentialIdentity } from "../../config/identity.js";
import { awsError } from "../aws-error.js";
import type { HttpOptions } from "./options.js";
import { contextOf, ProvidedCredentials } from "./provided-credentials.js";
import type { AWSError } from "../types.js";

export interface SharedIniFileCredentialsOptions {
  /** Default: `AWS_PROFILE`, else `default`. */
  profile?: string | undefined;
  /** The credentials file. Default: `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/credentials`. */
  filename?: string | undefined;
  /** For the calls that assume a role. */
  httpOptions?: HttpOptions | undefined;
  /** Called once the files have been read, with the error if there is one. */
  callback?: ((error?: AWSError) => void) | undefined;
}

/**
 * Credentials of a profile in the shared config and credentials files: keys, or any other source that a profile names. The
 * files are read when the credentials are first used, or at once where there is a `callback`.
 */
export class SharedIniFileCredentials extends ProvidedCredentials {
  readonly profile: string;

  /** @throws Error for `tokenCodeFn`, which is not supported */
  constructor(options: SharedIniFileCredentialsOptions = {}) {
    const profile = options.profile || process.env["AWS_PROFILE"] || "default";
    if ("tokenCodeFn" in options) {
      throw new Error(
        "SharedIniFileCredentials has no tokenCodeFn: set the option credentials to fromIni({ profile, mfaCodeProvider }) of @aws-sdk/credential-providers",
      );
    }
    super(new RefreshingCredentialSource(() => load(profile, options), Date.now));
    this.profile = profile;
    if (options.callback) this.get(options.callback);
  }
}

async function load(
  profile: string,
  { filename, httpOptions }: SharedIniFileCredentialsOptions,
): Promise<AwsCredentialIdentity> {
  const { credentialsFromSharedFiles } = await import("../../credentials/from-shared-files.js");
  const env = { ...process.env, AWS_PROFILE: profile, ...(filename && { AWS_SHARED_CREDENTIALS_FILE: filename }) };
  const found = await credentialsFromSharedFiles({ ...contextOf({ httpOptions }), environment: { env } });
  if (!("reason" in found)) return found;
  const code = "SharedIniFileCredentialsProviderFailure";
  throw awsError(new Error(found.reason, "cause" in found ? { cause: found.cause } : {}), { code });
}
