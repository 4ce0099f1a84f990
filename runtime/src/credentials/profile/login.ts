import { isAnyObject } from "../../text/any-object.js";
import { createPrivateKey, createPublicKey, randomUUID, sign } from "node:crypto";
import { join } from "node:path";
import { homeOf } from "../../config/shared-files.js";
import { parseObject, shownCode } from "../read-credentials.js";
import { type CredentialService, endpointOf, requestTo, send } from "../service-request.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "../types.js";
import { readTokenFile, textIn, tokenFileName, writeTokenFile } from "./token-file.js";

/** Suffixes of hosts in partitions whose console has a domain of its own. */
const domains: readonly (readonly [regions: RegExp, domain: string])[] = [
  [/^cn-/, "signin.amazonaws.cn"],
  [/^us-gov-/, "signin.amazonaws-us-gov.com"],
];

const signin: CredentialService = {
  name: "Sign-In",
  sdkId: "Signin",
  host: (region) => `${region}.${domains.find(([regions]) => regions.test(region))?.[1] ?? "signin.aws.amazon.com"}`,
};

/** Milliseconds before their expiration at which the credentials are refreshed. */
const refreshAhead = 5 * 60_000;

/**
 * Credentials of a console login, which `aws login` wrote. They are refreshed, and written back.
 *
 * @param session value of the profile's `login_session`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html
 */
export async function credentialsFromLogin(
  profile: string,
  session: string,
  context: CredentialContext,
): Promise<FoundCredentials | Unavailable> {
  const { env } = context.environment;
  const folder = env["AWS_LOGIN_CACHE_DIRECTORY"] || join(homeOf(context.environment), ".aws", "login", "cache");
  const path = join(folder, tokenFileName("sha256", session.trim()));
  const known = await readTokenFile(path);
  const found = "reason" in known ? (known as Unavailable) : await current(known, path, context);
  if (!("reason" in found)) return { ...found, source: `console login of profile "${profile}"` };
  const advice = `sign in again: aws login --profile ${profile}`;
  const reason = `profile "${profile}" uses a console login: ${found.reason}; ${advice}`;
  return { reason, isBroken: true, ...(found.cause !== undefined && { cause: found.cause }) };
}

type Credentials = Omit<FoundCredentials, "source">;

async function current(
  known: Readonly<Record<string, unknown>>,
  path: string,
  context: CredentialContext,
): Promise<Credentials | Unavailable> {
  const accessToken = objectIn(known, "accessToken");
  const credentials = credentialsIn(accessToken, new Date(textIn(accessToken, "expiresAt")));
  if (!credentials) return { reason: `its file of tokens ${path} has no credentials` };
  const { accountId } = credentials;
  const left = credentials.expiration.getTime() - context.now();
  if (left > refreshAhead) return credentials;
  const content = await refresh(known, context);
  if ("reason" in content) return left > 0 ? credentials : (content as Unavailable);
  const { expiresIn } = content as { readonly expiresIn?: unknown };
  const expiration = new Date(context.now() + (typeof expiresIn === "number" ? expiresIn : 900) * 1000);
  const newer = objectIn(content, "accessToken");
  const refreshed = credentialsIn({ ...newer, accountId }, expiration);
  const refreshToken = textIn(content, "refreshToken");
  if (!refreshed || refreshToken === "") return { reason: "Sign-In returned something other than credentials" };
  const kept = { ...accessToken, ...newer, expiresAt: expiration.toISOString() };
  const isWritten = await writeTokenFile(path, { ...known, accessToken: kept, refreshToken });
  if (!isWritten) context.logger?.warn(`The refreshed credentials of the console login cannot be written to ${path}.`);
  return refreshed;
}

/** The response to a refresh, or why there is none. */
async function refresh(known: Readonly<Record<string, unknown>>, context: CredentialContext): Promise<object> {
  const [clientId, refreshToken, dpopKey] = ["clientId", "refreshToken", "dpopKey"].map((name) => textIn(known, name));
  if (!clientId || !refreshToken || !dpopKey) return { reason: "the credentials have expired and cannot be refreshed" };
  const endpoint = await endpointOf(signin, context);
  const body = JSON.stringify({ clientId, refreshToken, grantType: "refresh_token" });
  const path = "/v1/token";
  const proof = (): string | undefined => proofOf(dpopKey, endpoint.url + path, context.now());
  if (proof() === undefined) return { reason: "the dpopKey in its file of tokens is not a private key" };
  const make = () =>
    requestTo(endpoint, path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", dpop: proof() ?? "" },
      body,
    });
  const response = await send(endpoint, make, context);
  if ("reason" in response) return response;
  const content = parseObject(new TextDecoder().decode(response.body));
  if (response.status === 200 && content) return content;
  const code = shownCode(textIn(content ?? {}, "error"));
  return { reason: `${endpoint.url} returned status ${response.status}${code} to a refresh of the credentials` };
}

/**
 * Proof of possession of the key with which the session began; undefined for an invalid key.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9449
 */
function proofOf(pem: string, url: string, now: number): string | undefined {
  try {
    const key = createPrivateKey(pem);
    const { kty, crv, x, y } = createPublicKey(key).export({ format: "jwk" });
    const header = { alg: "ES256", typ: "dpop+jwt", jwk: { kty, crv, x, y } };
    const payload = { jti: randomUUID(), htm: "POST", htu: url, iat: Math.floor(now / 1000) };
    const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
    return `${text}.${signature.toString("base64url")}`;
  } catch {
    // Without the error, which may quote the key.
    return undefined;
  }
}

function credentialsIn(content: object, expiration: Date): (Credentials & { readonly expiration: Date }) | undefined {
  const [accessKeyId, secretAccessKey, sessionToken, accountId] = [
    "accessKeyId",
    "secretAccessKey",
    "sessionToken",
    "accountId",
  ].map((name) => textIn(content, name));
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime())) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken, expiration, ...(accountId && { accountId }) };
}

function objectIn(content: object, name: string): object {
  const value: unknown = Object.hasOwn(content, name) ? (content as Record<string, unknown>)[name] : undefined;
  return isAnyObject(value) ? value : {};
}
