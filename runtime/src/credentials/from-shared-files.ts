import type { Environment } from "../config/environment.js";
import type { Settings } from "../config/parse-shared-file.js";
import { profileName } from "../config/profile.js";
import { loadSharedFiles } from "../config/shared-files.js";
import type { AwsCredentialIdentity, Unavailable } from "./types.js";

/**
 * The keys that stand in the profile of the shared config and credentials files.
 *
 * @throws ConfigurationError for a file that cannot be read or is malformed
 */
export async function credentialsFromSharedFiles(
  environment: Environment,
): Promise<AwsCredentialIdentity | Unavailable> {
  const { profiles, configPath, credentialsPath } = await loadSharedFiles(environment);
  const name = profileName(environment);
  const profile = profiles.get(name);
  if (!profile) return { reason: `profile "${name}" is neither in ${configPath} nor in ${credentialsPath}` };

  const other = otherWay(profile);
  const accessKeyId = profile.get("aws_access_key_id");
  const secretAccessKey = profile.get("aws_secret_access_key");
  // A role goes before keys in the same profile, keys before all else.
  if (accessKeyId && secretAccessKey && !other?.isRole) {
    const sessionToken = profile.get("aws_session_token");
    const accountId = profile.get("aws_account_id");
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), ...(accountId && { accountId }) };
  }
  if (other) {
    return {
      reason: `profile "${name}" uses ${other.way}: pass ${other.provider}() from @aws-sdk/credential-providers`,
    };
  }
  const missing = ["aws_access_key_id", "aws_secret_access_key"].filter((setting) => !profile.get(setting));
  return { reason: `profile "${name}" has no ${missing.join(" and no ")}` };
}

interface OtherWay {
  readonly way: string;
  /** Function of `@aws-sdk/credential-providers` that can go it. */
  readonly provider: string;
  readonly isRole?: true;
}

/** How a profile gets credentials that do not stand in it. */
function otherWay(profile: Settings): OtherWay | undefined {
  const has = (setting: string) => Boolean(profile.get(setting));
  if (has("role_arn") && (has("source_profile") || has("credential_source"))) {
    return { way: "an assumed role", provider: "fromIni", isRole: true };
  }
  if (has("role_arn") && has("web_identity_token_file")) return { way: "web identity", provider: "fromIni" };
  if (has("credential_process")) return { way: "credential_process", provider: "fromProcess" };
  if (has("sso_session") || has("sso_start_url")) return { way: "sso", provider: "fromSSO" };
  if (has("login_session")) return { way: "a console login", provider: "fromLoginCredentials" };
  return undefined;
}
