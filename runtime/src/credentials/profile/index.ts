import { type Environment, processEnvironment, profileName } from "../../config/environment.js";
import type { AwsCredentialIdentityProvider, TokenIdentityProvider } from "../../config/identity.js";
import { loadSharedFiles, type SharedFiles } from "../../config/shared-files.js";
import { CredentialsError } from "../../errors/client.js";
import type { Transport } from "../../schema/http.js";
import { createNodeHttpTransport } from "../../transport/node/transport.js";
import { credentialsFromSharedFiles, credentialsOf } from "../from-shared-files.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "../types.js";
import { credentialsFromRole } from "./assume-role.js";
import type { ProfileContext } from "./context.js";
import { credentialsFromLogin } from "./login.js";
import { credentialsFromSso, tokenFromSso } from "./sso.js";

/** Options of {@link fromProfile}. */
export interface ProfileOptions {
  /** Name of the profile. Default: `AWS_PROFILE`, else `default`. */
  readonly profile?: string | undefined;
  /** Region of the STS that roles are assumed with. Default: `AWS_REGION`, the profile, else us-east-1. */
  readonly region?: string | undefined;
  /** Returns the code of an MFA device, for a role that requires one. */
  readonly mfaCodeProvider?: ((serialNumber: string) => Promise<string>) | undefined;
  /** What sends the requests. Default: `node:http`. */
  readonly transport?: Transport | undefined;
}

/**
 * Credentials of a profile of the shared config files, as the client option `credentials`: keys, an assumed role, IAM
 * Identity Center, a console login, a process. In plain Node, a client does the same without this function; a bundle
 * contains the requests to other services only with it.
 *
 * The function throws a `CredentialsError` that names what the profile lacks, and a `ConfigurationError` for invalid
 * settings.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function fromProfile(options: ProfileOptions = {}): AwsCredentialIdentityProvider {
  const { profile, region, mfaCodeProvider, transport = createNodeHttpTransport() } = options;
  return async () => {
    const environment = environmentOf(profile);
    const context = { environment, now: Date.now, region, logger: undefined, transport, mfaCodeProvider };
    const byRequest = (name: string, files: SharedFiles, known: CredentialContext, visited: readonly string[]) =>
      credentialsByRequest(name, files, { ...known, mfaCodeProvider }, visited);
    const found = await credentialsFromSharedFiles(context, byRequest);
    if (!("reason" in found)) return found;
    throw failure(found, "credentials", environment);
  };
}

/**
 * The token of a profile that signs in with IAM Identity Center (`sso_session`), as the client option `token` of services
 * that accept bearer tokens. It is refreshed, and written back to the file of the AWS CLI.
 *
 * The function throws errors as that of {@link fromProfile} does.
 */
export function tokenFromProfile(options: Pick<ProfileOptions, "profile" | "transport"> = {}): TokenIdentityProvider {
  const { profile, transport = createNodeHttpTransport() } = options;
  return async () => {
    const environment = environmentOf(profile);
    const name = profileName(environment);
    const files = await loadSharedFiles(environment);
    const context = { environment, now: Date.now, region: undefined, logger: undefined, transport };
    const found = await tokenFromSso(name, files, context);
    if ("reason" in found) throw failure(found, "token", environment);
    return found;
  };
}

function environmentOf(profile: string | undefined): Environment {
  const { env } = processEnvironment;
  return profile === undefined ? processEnvironment : { env: { ...env, AWS_PROFILE: profile } };
}

function failure({ reason, cause }: Unavailable, what: string, environment: Environment): CredentialsError {
  const tried = [{ source: "shared config files", reason }];
  const message = `The profile "${profileName(environment)}" has no ${what}: ${reason}`;
  return new CredentialsError(message, cause === undefined ? { tried } : { tried, cause });
}

/**
 * Credentials of a profile that needs requests to other services. For the default chain, which loads this module when a
 * profile requires it.
 */
export async function credentialsByRequest(
  name: string,
  files: SharedFiles,
  context: ProfileContext,
  visited: readonly string[] = [],
): Promise<FoundCredentials | Unavailable> {
  const profile = files.profiles.get(name);
  if (profile?.get("role_arn") && (profile.get("source_profile") || profile.get("credential_source"))) {
    return credentialsFromRole(name, files, context, visited, (source, chain) =>
      credentialsOf(
        files,
        source,
        context,
        (next, _files, _context, via) => credentialsByRequest(next, files, context, via),
        chain,
      ),
    );
  }
  const session = profile?.get("login_session");
  if (session && !profile?.get("sso_session") && !profile?.get("sso_start_url")) {
    return credentialsFromLogin(name, session, context);
  }
  return credentialsFromSso(name, files, context);
}
