import type { Settings } from "../config/parse-shared-file.js";
import { ConfigurationError } from "../errors/client.js";
import { profileName } from "../config/environment.js";
import { loadSharedFiles, problemsOf, type SharedFiles } from "../config/shared-files.js";
import { type ByRequest, loadByRequest } from "./load-by-request.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/**
 * The credentials of the profile in the shared config and credentials files: keys, or another way to obtain them. The
 * order is that of the AWS SDKs: a role before keys in the same profile, keys before everything else.
 *
 * @param byRequest for profiles that need requests to other services
 * @throws ConfigurationError if a malformed line seems to define a setting that is needed, and if no credentials are
 * found and the credentials file has malformed lines or cannot be read
 */
export async function credentialsFromSharedFiles(
  context: CredentialContext,
  byRequest: ByRequest = loadByRequest,
): Promise<FoundCredentials | Unavailable> {
  const files = await loadSharedFiles(context.environment);
  const found = await credentialsOf(files, profileName(context.environment), context, byRequest);
  if (!("reason" in found) || "cause" in found) return found;
  const name = profileName(context.environment);
  // Other credentials, further down the chain, would be those of someone else.
  const broken = [...files.problems, ...(files.profiles.get(name)?.problems ?? [])].find(
    ({ path, isDirectory }) => path === files.credentialsPath && !isDirectory,
  );
  if (broken && !found.isBroken) throw new ConfigurationError(broken.message);
  const problems = problemsOf(files, name);
  return problems === "" ? found : { ...found, reason: `${found.reason}.${problems}` };
}

/**
 * Credentials of one profile.
 *
 * @param visited profiles whose `source_profile` led to this one: then its keys take precedence over a role
 */
export async function credentialsOf(
  files: SharedFiles,
  name: string,
  context: CredentialContext,
  byRequest: ByRequest,
  visited: readonly string[] = [],
): Promise<FoundCredentials | Unavailable> {
  const { environment } = context;
  const profile = files.profiles.get(name);
  if (!profile) {
    const reason = `profile "${name}" is neither in ${files.configPath} nor in ${files.credentialsPath}`;
    if (visited.length > 0) return { reason: `${reason}; profile "${visited.at(-1)}" names it`, isBroken: true };
    return environment.env["AWS_PROFILE"] ? { reason: `${reason}; AWS_PROFILE names it`, isBroken: true } : { reason };
  }

  const roleArn = profile.get("role_arn");
  const keys = keysIn(profile);
  const isRole = roleArn && (profile.get("source_profile") || profile.get("credential_source"));
  if (isRole && !(keys && visited.length > 0)) {
    // A profile that names itself as its source assumes the role with its own keys.
    if (!visited.includes(name)) return byRequest(name, files, context, visited);
    return { reason: `profile "${name}" is its own source_profile, but has no keys`, isBroken: true };
  }
  if (keys) return { ...keys, source: `profile "${name}" in ${profile.find("aws_access_key_id")?.path}` };

  const tokenFile = profile.get("web_identity_token_file");
  if (roleArn && tokenFile) {
    const assumeRoleWithWebIdentity = (await import("./from-web-identity.js")).assumeRoleWithWebIdentity;
    const setting = `web_identity_token_file of profile "${name}"`;
    const sessionName = profile.get("role_session_name");
    const found = await assumeRoleWithWebIdentity({ roleArn, tokenFile, sessionName, setting }, context);
    return "reason" in found ? found : { ...found, source: `web identity of profile "${name}", role ${roleArn}` };
  }

  const command = profile.get("credential_process");
  if (command) {
    const credentialsFromProcess = (await import("./from-process.js")).credentialsFromProcess;
    const found = await credentialsFromProcess(command);
    if ("reason" in found) return { ...found, reason: `profile "${name}": ${found.reason}` };
    const accountId = found.accountId ?? profile.get("aws_account_id");
    return { ...found, ...(accountId && { accountId }), source: `credential_process of profile "${name}"` };
  }

  if (profile.get("sso_session") || profile.get("sso_start_url") || profile.get("login_session")) {
    return byRequest(name, files, context, visited);
  }
  if (roleArn && !profile.get("aws_access_key_id") && !profile.get("aws_secret_access_key")) {
    const ways = "no source_profile, credential_source or web_identity_token_file to assume it by";
    return { reason: `profile "${name}" has a role_arn, but ${ways}` };
  }
  const missing = ["aws_access_key_id", "aws_secret_access_key"].filter((setting) => !profile.get(setting));
  return { reason: `profile "${name}" has no ${missing.join(" and no ")}` };
}

function keysIn(profile: Settings): Omit<FoundCredentials, "source"> | undefined {
  const accessKeyId = profile.get("aws_access_key_id");
  const secretAccessKey = profile.get("aws_secret_access_key");
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = profile.get("aws_session_token");
  const accountId = profile.get("aws_account_id");
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), ...(accountId && { accountId }) };
}
