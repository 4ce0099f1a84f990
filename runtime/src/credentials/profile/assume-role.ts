import type { Settings } from "../../config/parse-shared-file.js";
import type { SharedFiles } from "../../config/shared-files.js";
import { signRequest } from "../../signing/sign.js";
import { credentialsFromContainer } from "../from-container.js";
import { credentialsFromEnvironment } from "../from-environment.js";
import { InstanceMetadata } from "../from-instance-metadata.js";
import { callSts, sessionNameOf } from "../sts.js";
import type { FoundCredentials, Unavailable } from "../types.js";
import type { ProfileContext } from "./context.js";

/** Credentials of a profile in a chain of roles. `visited` are the profiles that led to it. */
export type ResolveProfile = (name: string, visited: readonly string[]) => Promise<FoundCredentials | Unavailable>;

/**
 * Assumes the role of a profile with the credentials of its `source_profile`, which may assume a role too, or of its
 * `credential_source`.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function credentialsFromRole(
  name: string,
  { profiles }: SharedFiles,
  context: ProfileContext,
  visited: readonly string[],
  resolve: ResolveProfile,
): Promise<FoundCredentials | Unavailable> {
  const profile = profiles.get(name);
  const roleArn = profile?.get("role_arn") ?? "";
  const broken = (reason: string): Unavailable => ({ reason: `profile "${name}" ${reason}`, isBroken: true });
  if (!profile) return broken("does not exist");
  const duration = profile.get("duration_seconds");
  if (duration && !/^[1-9]\d{2,5}$/.test(duration)) return broken("has a duration_seconds that is not in seconds");
  const code = await mfaCodeOf(profile, context);
  if (typeof code === "object") return broken(code.reason);
  const source = await sourceOf(profile, name, visited, context, resolve);
  if ("reason" in source) return { ...source, isBroken: true, reason: `role of profile "${name}": ${source.reason}` };

  const externalId = profile.get("external_id");
  const parameters = {
    RoleSessionName: sessionNameOf(profile.get("role_session_name"), context),
    ...(externalId && { ExternalId: externalId }),
    ...(duration && { DurationSeconds: duration }),
    ...(code !== undefined && { SerialNumber: profile.get("mfa_serial") ?? "", TokenCode: code }),
  };
  const found = await callSts("AssumeRole", roleArn, parameters, context, (request, region) =>
    signRequest(request, { credentials: source, region, service: "sts", date: new Date(context.now()) }),
  );
  if ("reason" in found) return { ...found, reason: `profile "${name}", with ${source.source}: ${found.reason}` };
  return { ...found, source: `role ${roleArn} of profile "${name}"` };
}

/** The code of the device that the role requires; undefined if it requires none. */
async function mfaCodeOf(
  profile: Settings,
  { mfaCodeProvider }: ProfileContext,
): Promise<string | undefined | Unavailable> {
  const serial = profile.get("mfa_serial");
  if (!serial) return undefined;
  if (!mfaCodeProvider) {
    const how =
      "pass fromProfile({ mfaCodeProvider }) of @clientsmith/runtime/credentials as the client's option credentials";
    return { reason: `assumes a role with MFA: ${how}` };
  }
  const code = await mfaCodeProvider(serial);
  return /^\d{6}$/.test(code) ? code : { reason: "assumes a role with MFA: mfaCodeProvider did not return six digits" };
}

async function sourceOf(
  profile: Settings,
  name: string,
  visited: readonly string[],
  context: ProfileContext,
  resolve: ResolveProfile,
): Promise<FoundCredentials | Unavailable> {
  const sourceProfile = profile.get("source_profile");
  const source = profile.get("credential_source");
  if (sourceProfile && source) return { reason: "it has both source_profile and credential_source" };
  if (sourceProfile) {
    const chain = [...visited, name];
    // A profile may name itself: its own keys assume the role.
    if (sourceProfile !== name && chain.includes(sourceProfile)) {
      return { reason: `the source profiles are circular: ${[...chain, sourceProfile].join(" → ")}` };
    }
    return resolve(sourceProfile, chain);
  }
  switch (source?.toLowerCase()) {
    case "environment":
      return credentialsFromEnvironment(context.environment);
    case "ecscontainer":
      return credentialsFromContainer(context.environment);
    case "ec2instancemetadata":
      return new InstanceMetadata(context).load();
    default:
      return { reason: "its credential_source must be Environment, EcsContainer or Ec2InstanceMetadata" };
  }
}
