import type { Settings } from "../config/parse-shared-file.js";
import { profileName } from "../config/environment.js";
import { loadSharedFiles } from "../config/shared-files.js";
import type { OfficialWay } from "./from-official-package.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/**
 * The credentials that the profile of the shared config and credentials files holds, or says how to get. The ways go
 * before each other as in the AWS SDKs: a role before keys in the same profile, keys before all else.
 *
 * @throws ConfigurationError for a file that cannot be read or is malformed
 */
export async function credentialsFromSharedFiles(context: CredentialContext): Promise<FoundCredentials | Unavailable> {
  const { environment } = context;
  const files = await loadSharedFiles(environment);
  const name = profileName(environment);
  const profile = files.profiles.get(name);
  if (!profile) {
    const reason = `profile "${name}" is neither in ${files.configPath} nor in ${files.credentialsPath}`;
    return environment.env["AWS_PROFILE"] ? { reason: `${reason}; AWS_PROFILE names it`, isBroken: true } : { reason };
  }

  const officially = async (way: OfficialWay): Promise<FoundCredentials | Unavailable> =>
    (await import("./from-official-package.js")).credentialsFromOfficialPackage(name, files, way, context);

  const roleArn = profile.get("role_arn");
  if (roleArn && (profile.get("source_profile") || profile.get("credential_source"))) {
    return profile.get("mfa_serial")
      ? { reason: `profile "${name}" assumes a role with MFA: ${howToAskForCode}`, isBroken: true }
      : officially({ way: "an assumed role" });
  }

  const keys = keysIn(profile);
  if (keys) return { ...keys, source: `profile "${name}" in ${files.fileOf(name, "aws_access_key_id")}` };

  const tokenFile = profile.get("web_identity_token_file");
  if (roleArn && tokenFile) {
    const { assumeRoleWithWebIdentity } = await import("./from-web-identity.js");
    const place = `web_identity_token_file of profile "${name}"`;
    const sessionName = profile.get("role_session_name");
    const found = await assumeRoleWithWebIdentity({ roleArn, tokenFile, sessionName, place }, context);
    return "reason" in found ? found : { ...found, source: `web identity of profile "${name}", role ${roleArn}` };
  }

  const command = profile.get("credential_process");
  if (command) {
    const { credentialsFromProcess } = await import("./from-process.js");
    const found = await credentialsFromProcess(command);
    if ("reason" in found) return { ...found, reason: `profile "${name}": ${found.reason}` };
    const accountId = found.accountId ?? profile.get("aws_account_id");
    return { ...found, ...(accountId && { accountId }), source: `credential_process of profile "${name}"` };
  }

  if (profile.get("sso_session") || profile.get("sso_start_url")) {
    return officially({ way: "SSO", advice: `if you have to sign in again: aws sso login --profile ${name}` });
  }
  if (profile.get("login_session")) {
    return officially({ way: "a console login", advice: `if you have to sign in again: aws login --profile ${name}` });
  }
  if (roleArn && !profile.get("aws_access_key_id") && !profile.get("aws_secret_access_key")) {
    const ways = "no source_profile, credential_source or web_identity_token_file to assume it by";
    return { reason: `profile "${name}" has a role_arn, but ${ways}` };
  }
  const missing = ["aws_access_key_id", "aws_secret_access_key"].filter((setting) => !profile.get(setting));
  return { reason: `profile "${name}" has no ${missing.join(" and no ")}` };
}

const howToAskForCode =
  "give fromIni({ mfaCodeProvider }) of @aws-sdk/credential-providers as the client's option credentials";

function keysIn(profile: Settings): Omit<FoundCredentials, "source"> | undefined {
  const accessKeyId = profile.get("aws_access_key_id");
  const secretAccessKey = profile.get("aws_secret_access_key");
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = profile.get("aws_session_token");
  const accountId = profile.get("aws_account_id");
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), ...(accountId && { accountId }) };
}
