import type { AwsCredentialIdentity } from "../config/identity.js";
import type { HttpRequest, HttpResponse } from "../schema/http.js";
import { shownCode } from "./read-credentials.js";
import { type CredentialService, endpointOf, regionalHost, requestTo, send } from "./service-request.js";
import type { CredentialContext, Unavailable } from "./types.js";

/** As in the endpoint rules of STS, `aws-global` has an endpoint of its own. */
const sts: CredentialService = {
  name: "STS",
  sdkId: "STS",
  host: (region, config) => (region === "aws-global" ? "sts.amazonaws.com" : regionalHost("sts", region, config)),
};

/**
 * Calls an operation of STS that returns credentials.
 *
 * @param sign signs the request of an attempt in a region; absent for operations that are not signed
 * @throws ConfigurationError for an invalid region or an invalid endpoint of STS
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/
 */
export async function callSts(
  action: string,
  roleArn: string,
  parameters: Readonly<Record<string, string>>,
  context: CredentialContext,
  sign: (request: HttpRequest, region: string) => HttpRequest = (request) => request,
): Promise<AwsCredentialIdentity | Unavailable> {
  const endpoint = await endpointOf(sts, context);
  const region = endpoint.region === "aws-global" ? "us-east-1" : endpoint.region;
  const fields = { Action: action, Version: "2011-06-15", RoleArn: roleArn, ...parameters };
  const headers = { "content-type": "application/x-www-form-urlencoded", accept: "text/xml" };
  const body = new URLSearchParams(fields).toString();
  const request = requestTo(endpoint, "/", { method: "POST", headers, body });
  const response = await send(endpoint, () => sign(request, region), context, isTransient);
  if ("reason" in response) return response;
  const text = new TextDecoder().decode(response.body);
  const { url } = endpoint;
  if (response.status !== 200) {
    const reason = `STS at ${url} returned status ${response.status}${shownCode(valueOf(text, "Code"))}`;
    return { reason: `${reason} to a request for role ${roleArn}`, isBroken: true };
  }
  return credentialsIn(text) ?? { reason: `STS at ${url} returned something other than credentials`, isBroken: true };
}

/** The name of a session that the settings do not name. */
export function sessionNameOf(name: string | undefined, { now }: CredentialContext): string {
  return name || `clientsmith-${now()}`;
}

function isTransient({ status, body }: HttpResponse): boolean {
  const code = status === 400 ? valueOf(new TextDecoder().decode(body), "Code") : undefined;
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
