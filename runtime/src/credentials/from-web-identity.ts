import type { AwsCredentialIdentity } from "../config/identity.js";
import { readTokenFile } from "./read-token-file.js";
import { callSts, sessionNameOf } from "./sts.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/** A role, and the token file that it is assumed with. */
export interface WebIdentity {
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName: string | undefined;
  /** The setting of the token file: `AWS_WEB_IDENTITY_TOKEN_FILE`. */
  readonly setting: string;
}

/**
 * Credentials of the role in `AWS_ROLE_ARN` and `AWS_WEB_IDENTITY_TOKEN_FILE`, which EKS sets for a service account.
 */
export async function credentialsFromWebIdentity(context: CredentialContext): Promise<FoundCredentials | Unavailable> {
  const { env } = context.environment;
  const setting = "AWS_WEB_IDENTITY_TOKEN_FILE";
  const tokenFile = env[setting];
  if (!tokenFile) return { reason: `${setting} is not set` };
  const roleArn = env["AWS_ROLE_ARN"];
  if (!roleArn) return { reason: `${setting} is set, AWS_ROLE_ARN is not`, isBroken: true };
  const found = await assumeRoleWithWebIdentity(
    { roleArn, tokenFile, sessionName: env["AWS_ROLE_SESSION_NAME"], setting },
    context,
  );
  return "reason" in found ? found : { ...found, source: `web identity, role ${roleArn}` };
}

/**
 * Exchanges the token, read from its file each time, for credentials of the role: one unsigned request to STS.
 *
 * @throws ConfigurationError for an invalid region or an invalid endpoint of STS
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export async function assumeRoleWithWebIdentity(
  { roleArn, tokenFile, sessionName, setting }: WebIdentity,
  context: CredentialContext,
): Promise<AwsCredentialIdentity | Unavailable> {
  const token = await readTokenFile(tokenFile, setting);
  if (typeof token === "object") return token;
  const fields = { RoleSessionName: sessionNameOf(sessionName, context), WebIdentityToken: token };
  return callSts("AssumeRoleWithWebIdentity", roleArn, fields, context);
}
