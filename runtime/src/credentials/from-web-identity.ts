import { readFile } from "node:fs/promises";
import { readClientConfig } from "../config/client-config.js";
import { normalizeEndpoint } from "../endpoints/url.js";
import { partitionOf } from "../endpoints/rule-functions.js";
import { isClientsmithError } from "../errors/base.js";
import { sleep } from "../signals/sleep.js";
import type { HttpResponse } from "../schema/http.js";
import { shownCode } from "./read-credentials.js";
import type { AwsCredentialIdentity } from "../config/identity.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/** A role, and the token file that it is assumed with. */
export interface WebIdentity {
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName: string | undefined;
  /** The setting of the token file: `AWS_WEB_IDENTITY_TOKEN_FILE`. */
  readonly place: string;
}

/** Max number of requests, and milliseconds before the first retry. */
const maxAttempts = 3;
const firstPause = 200;

const limits = { connectTimeout: 5_000, headersTimeout: 10_000, bodyTimeout: 10_000 };

/**
 * Credentials of the role in `AWS_ROLE_ARN` and `AWS_WEB_IDENTITY_TOKEN_FILE`, which EKS sets for a service account.
 */
export async function credentialsFromWebIdentity(context: CredentialContext): Promise<FoundCredentials | Unavailable> {
  const { env } = context.environment;
  const place = "AWS_WEB_IDENTITY_TOKEN_FILE";
  const tokenFile = env[place];
  if (!tokenFile) return { reason: `${place} is not set` };
  const roleArn = env["AWS_ROLE_ARN"];
  if (!roleArn) return { reason: `${place} is set, AWS_ROLE_ARN is not`, isBroken: true };
  const found = await assumeRoleWithWebIdentity(
    { roleArn, tokenFile, sessionName: env["AWS_ROLE_SESSION_NAME"], place },
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
  { roleArn, tokenFile, sessionName, place }: WebIdentity,
  context: CredentialContext,
): Promise<AwsCredentialIdentity | Unavailable> {
  let token: string;
  try {
    token = (await readFile(tokenFile, "utf8")).trim();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { reason: `${tokenFile}, which ${place} names, cannot be read (${code})`, isBroken: true, cause };
  }
  if (token === "") return { reason: `${tokenFile}, which ${place} names, is empty`, isBroken: true };
  const endpoint = normalizeEndpoint(await stsEndpoint(context));
  const body = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: roleArn,
    RoleSessionName: sessionName || `clientsmith-${context.now()}`,
    WebIdentityToken: token,
  }).toString();
  const response = await post(endpoint, body, context);
  if ("reason" in response) return { ...response, isBroken: true };
  const text = new TextDecoder().decode(response.body);
  if (response.status !== 200) {
    const reason = `STS at ${endpoint} returned status ${response.status}${shownCode(valueOf(text, "Code"))}`;
    return { reason: `${reason} to a request for role ${roleArn}`, isBroken: true };
  }
  return (
    credentialsIn(text) ?? {
      reason: `STS at ${endpoint} returned something other than credentials`,
      isBroken: true,
    }
  );
}

/**
 * As in the endpoint rules of STS: the regular endpoints of GovCloud are FIPS endpoints, and `aws-global` has its own.
 */
async function stsEndpoint({ environment, region: wanted }: CredentialContext): Promise<string> {
  const config = await readClientConfig(wanted === undefined ? {} : { region: wanted }, { sdkId: "STS" }, environment);
  if (config.endpoint !== undefined) return config.endpoint;
  const region = config.region ?? "us-east-1";
  const { useFipsEndpoint, useDualstackEndpoint } = config;
  const { name, dnsSuffix, dualStackDnsSuffix } = partitionOf(region);
  if (region === "aws-global") return "https://sts.amazonaws.com";
  const isMarked = useFipsEndpoint && (useDualstackEndpoint || name !== "aws-us-gov");
  return `https://${isMarked ? "sts-fips" : "sts"}.${region}.${useDualstackEndpoint ? dualStackDnsSuffix : dnsSuffix}`;
}

/** Uses the client's transport with its proxy, size limits and TLS settings. */
async function post(
  endpoint: string,
  body: string,
  { transport }: CredentialContext,
): Promise<HttpResponse | Unavailable> {
  const { origin, host, pathname } = new URL(endpoint);
  const headers = { host, "content-type": "application/x-www-form-urlencoded", accept: "text/xml" };
  const request = { method: "POST", origin, path: pathname, query: "", headers, body };
  for (let attempt = 1; ; attempt++) {
    const response = await transport.send(request, limits).catch((error: unknown): Unavailable => {
      if (!isClientsmithError(error)) throw error;
      return { reason: `STS at ${endpoint} did not respond: ${error.message}`, cause: error };
    });
    if (attempt === maxAttempts || !isWorthRepeating(response)) return response;
    await sleep(firstPause * attempt);
  }
}

function isWorthRepeating(response: HttpResponse | Unavailable): boolean {
  if ("reason" in response || response.status >= 500 || response.status === 429) return true;
  const code = response.status === 400 ? valueOf(new TextDecoder().decode(response.body), "Code") : undefined;
  return code === "IDPCommunicationError" || code === "Throttling";
}

function credentialsIn(text: string): AwsCredentialIdentity | undefined {
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
    "AccessKeyId",
    "SecretAccessKey",
    "SessionToken",
    "Expiration",
  ].map((name) => valueOf(text, name));
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) return undefined;
  const end = new Date(expiration);
  if (Number.isNaN(end.getTime())) return undefined;
  const accountId = valueOf(text, "Arn")?.split(":")[4];
  return { accessKeyId, secretAccessKey, sessionToken, expiration: end, ...(accountId && { accountId }) };
}

/**
 * The text of the first element with a name that contains only text. No XML parser is needed, and a client of a JSON
 * service has none: these values consist of characters that are never escaped.
 */
function valueOf(xml: string, name: string): string | undefined {
  // Trimmed outside of the pattern, which would need cubic time for long runs of white space.
  return new RegExp(`<${name}>([^<>&]*)</${name}>`).exec(xml)?.[1]?.trim();
}
