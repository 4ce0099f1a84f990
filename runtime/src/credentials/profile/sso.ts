import { isAnyObject } from "../../text/any-object.js";
import { join } from "node:path";
import { checkRegion } from "../../config/environment.js";
import { homeOf, type SharedFiles } from "../../config/shared-files.js";
import { ConfigurationError } from "../../errors/client.js";
import { parseObject, shownCode } from "../read-credentials.js";
import { type CredentialService, endpointOf, regionalHost, requestTo, send } from "../service-request.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "../types.js";
import { readTokenFile, textIn, tokenFileName, writeTokenFile } from "./token-file.js";

const portal: CredentialService = {
  name: "SSO",
  sdkId: "SSO",
  host: (region, config) => regionalHost("portal.sso", region, config),
};

const oidc: CredentialService = {
  name: "SSO OIDC",
  sdkId: "SSO OIDC",
  host: (region, config) => regionalHost("oidc", region, config),
};

/** Milliseconds before its expiration at which a token is refreshed. */
const refreshAhead = 5 * 60_000;

/** A session of IAM Identity Center. */
interface Session {
  /** Its name, or for a profile without one the start URL: the name of the token file. */
  readonly key: string;
  readonly isNamed: boolean;
  readonly region: string;
}

/** A setting of a profile or its session. @throws ConfigurationError if it is missing, or if the two contradict */
type Setting = (name: string) => string;

/** A token of a session. */
interface Token {
  readonly token: string;
  readonly expiration: Date;
}

/**
 * Credentials of a role in IAM Identity Center, by the token that `aws sso login` wrote. The token of an `sso-session` is
 * refreshed, and written back.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export async function credentialsFromSso(
  profile: string,
  files: SharedFiles,
  context: CredentialContext,
): Promise<FoundCredentials | Unavailable> {
  const setting = settingsOf(profile, files);
  const { region, ...session } = sessionOf(profile, files, setting);
  const [accountId, roleName] = [setting("sso_account_id"), setting("sso_role_name")];
  const failed = (problem: Unavailable): Unavailable => hasToSignIn(profile, problem);
  const found = await tokenOf({ ...session, region }, context);
  if ("reason" in found) return failed(found);
  const endpoint = await endpointOf(portal, context, region);
  const query = new URLSearchParams({ account_id: accountId, role_name: roleName }).toString();
  const headers = { "x-amz-sso_bearer_token": found.token, accept: "application/json" };
  const request = requestTo(endpoint, "/federation/credentials", { method: "GET", headers, query });
  const response = await send(endpoint, () => request, context);
  if ("reason" in response) return { ...response, reason: `profile "${profile}": ${response.reason}` };
  const content = parseObject(new TextDecoder().decode(response.body)) ?? {};
  if (response.status !== 200) {
    const code = shownCode(response.headers["x-amzn-errortype"]?.split(":")[0] ?? textIn(content, "__type"));
    return failed({ reason: `${endpoint.url} returned status ${response.status}${code} for role ${roleName}` });
  }
  const { roleCredentials } = content as { readonly roleCredentials?: unknown };
  const role = isAnyObject(roleCredentials) ? roleCredentials : {};
  const [accessKeyId, secretAccessKey, sessionToken] = ["accessKeyId", "secretAccessKey", "sessionToken"].map((name) =>
    textIn(role, name),
  );
  const { expiration } = role as { readonly expiration?: unknown };
  if (!accessKeyId || !secretAccessKey || !sessionToken || typeof expiration !== "number") {
    return failed({ reason: `${endpoint.url} returned something other than credentials` });
  }
  const source = `SSO of profile "${profile}", role ${roleName}`;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration), accountId, source };
}

/**
 * The token of a profile's session, for services that accept bearer tokens.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export async function tokenFromSso(
  profile: string,
  files: SharedFiles,
  context: CredentialContext,
): Promise<Token | Unavailable> {
  const session = sessionOf(profile, files, settingsOf(profile, files));
  const found = await tokenOf(session, context);
  return "reason" in found ? hasToSignIn(profile, found) : found;
}

function hasToSignIn(profile: string, { reason, cause }: Unavailable): Unavailable {
  const advice = `sign in again: aws sso login --profile ${profile}`;
  return {
    reason: `profile "${profile}" signs in with SSO: ${reason}; ${advice}`,
    isBroken: true,
    ...(cause !== undefined && { cause }),
  };
}

function settingsOf(profile: string, files: SharedFiles): Setting {
  const own = files.profiles.get(profile);
  const session = own?.get("sso_session");
  const section = session === undefined ? undefined : files.ssoSessions.get(session);
  if (session && !section) {
    const where = `sso_session of profile "${profile}" names a section [sso-session ${session}]`;
    throw new ConfigurationError(`${where}, which is not in ${files.configPath}`);
  }
  return (name) => {
    const [ofProfile, ofSession] = [own?.get(name), section?.get(name)];
    if (ofProfile && ofSession && ofProfile !== ofSession) {
      throw new ConfigurationError(`${name} of profile "${profile}" differs from that of [sso-session ${session}]`);
    }
    const text = ofSession || ofProfile;
    if (text) return text;
    const where = session ? `profile "${profile}" and [sso-session ${session}] have` : `profile "${profile}" has`;
    throw new ConfigurationError(`${where} no ${name}, which signing in with SSO requires`);
  };
}

function sessionOf(profile: string, files: SharedFiles, setting: Setting): Session {
  const session = files.profiles.get(profile)?.get("sso_session");
  const startUrl = setting("sso_start_url");
  return {
    key: session || startUrl,
    isNamed: Boolean(session),
    region: checkRegion(setting("sso_region"), `sso_region of profile "${profile}"`),
  };
}

/** The token of a session, refreshed if it expires soon and can be refreshed. */
async function tokenOf({ key, isNamed, region }: Session, context: CredentialContext): Promise<Token | Unavailable> {
  const path = join(homeOf(context.environment), ".aws", "sso", "cache", tokenFileName("sha1", key));
  const known = await readTokenFile(path);
  if ("reason" in known) return known as Unavailable;
  const token = textIn(known, "accessToken");
  const expiresAt = Date.parse(textIn(known, "expiresAt"));
  if (token === "" || Number.isNaN(expiresAt)) return { reason: `its file of tokens ${path} has no accessToken` };
  const current = { token, expiration: new Date(expiresAt) };
  const left = expiresAt - context.now();
  if (left > refreshAhead) return current;
  const refreshed = isNamed ? await refresh(known, path, region, context) : undefined;
  if (refreshed && "token" in refreshed) return refreshed;
  if (left > 0) return current;
  return { ...refreshed, reason: refreshed?.reason ?? "the token has expired" };
}

/** @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
async function refresh(
  known: Readonly<Record<string, unknown>>,
  path: string,
  region: string,
  context: CredentialContext,
): Promise<Token | Unavailable> {
  const [clientId, clientSecret, refreshToken] = ["clientId", "clientSecret", "refreshToken"].map((name) =>
    textIn(known, name),
  );
  const isRegistered = !(Date.parse(textIn(known, "registrationExpiresAt")) <= context.now());
  if (!clientId || !clientSecret || !refreshToken || !isRegistered) {
    return { reason: "the token has expired and cannot be refreshed" };
  }
  const endpoint = await endpointOf(oidc, context, region);
  const headers = { "content-type": "application/json", accept: "application/json" };
  const body = JSON.stringify({ clientId, clientSecret, refreshToken, grantType: "refresh_token" });
  const request = requestTo(endpoint, "/token", { method: "POST", headers, body });
  const response = await send(endpoint, () => request, context);
  if ("reason" in response) return response;
  const content = parseObject(new TextDecoder().decode(response.body)) ?? {};
  if (response.status !== 200) {
    const code = shownCode(textIn(content, "error"));
    return { reason: `${endpoint.url} returned status ${response.status}${code} to a refresh of the token` };
  }
  const accessToken = textIn(content, "accessToken");
  const { expiresIn } = content as { readonly expiresIn?: unknown };
  if (accessToken === "" || typeof expiresIn !== "number") {
    return { reason: `${endpoint.url} returned something other than a token` };
  }
  const expiration = new Date(context.now() + expiresIn * 1000);
  const expiresAt = expiration.toISOString();
  const newer = { refreshToken: textIn(content, "refreshToken") || refreshToken };
  const isWritten = await writeTokenFile(path, { ...known, accessToken, expiresAt, ...newer });
  if (!isWritten) context.logger?.warn(`The refreshed token of SSO cannot be written to ${path}.`);
  return { token: accessToken, expiration };
}
