import type { Environment } from "../config/environment.js";
import { parseObject, readCredentials, shownCode } from "./read-credentials.js";
import { readTokenFile } from "./read-token-file.js";
import { requestMetadata } from "./request-metadata.js";
import type { FoundCredentials, Unavailable } from "./types.js";

/** The endpoint of ECS for task credentials. */
const taskHost = "http://169.254.170.2";

const fullUri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const relativeUri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const tokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

/** Hosts that may be used without TLS: the local machine and the agents of ECS and EKS. */
const plainHosts = /^(127(\.\d{1,3}){3}|\[::1\]|localhost|169\.254\.170\.(2|23)|\[fd00:ec2::23\])$/;

/**
 * Credentials from ECS, EKS or another container host.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function credentialsFromContainer({ env }: Environment): Promise<FoundCredentials | Unavailable> {
  const url = containerUrl(env);
  if ("reason" in url) return url;
  const authorization = await authorizationOf(env);
  if (typeof authorization === "object") return authorization;
  const headers = { accept: "application/json", ...(authorization && { authorization }) };
  const response = await requestMetadata({ url, headers, attempts: 3 });
  if ("reason" in response) return { ...response, isBroken: true };
  const content = parseObject(response.body);
  if (response.status !== 200) {
    const { Code, code } = (content ?? {}) as { readonly Code?: unknown; readonly code?: unknown };
    return { reason: `${url.origin} returned status ${response.status}${shownCode(Code ?? code)}`, isBroken: true };
  }
  if (!content) return { reason: `${url.origin} returned something other than a JSON object`, isBroken: true };
  const credentials = readCredentials(content, "Token", ["AccessKeyId", "SecretAccessKey", "Token"]);
  if ("reason" in credentials) return { ...credentials, reason: `${url.origin}: ${credentials.reason}` };
  return { ...credentials, source: "container" };
}

/** The URL that the environment configures. Reasons never contain the URL, which may contain a secret. */
export function containerUrl(env: Environment["env"]): URL | Unavailable {
  const relative = env[relativeUri];
  const given = relative ? taskHost + relative : env[fullUri];
  if (!given) return { reason: `neither ${relativeUri} nor ${fullUri} is set` };
  const variable = relative ? relativeUri : fullUri;
  if (!URL.canParse(given)) {
    return { reason: `${variable} is not a ${relative ? "path such as /v2/credentials" : "URL"}`, isBroken: true };
  }
  const url = new URL(given);
  const isAllowed = url.protocol === "https:" || (url.protocol === "http:" && plainHosts.test(url.hostname));
  if (isAllowed && (!relative || url.origin === taskHost)) return url;
  return {
    reason: `${variable} refers to ${url.host || url.protocol}, which is not allowed: it must be an https URL, the machine itself, 169.254.170.2, 169.254.170.23 or [fd00:ec2::23]`,
    isBroken: true,
  };
}

async function authorizationOf(env: Environment["env"]): Promise<string | undefined | Unavailable> {
  const path = env[tokenFile];
  const text = path ? await readTokenFile(path, tokenFile) : env[token];
  if (typeof text === "object") return text;
  // Other characters would end the header or be changed.
  if (text && !/^[\x20-\x7E]+$/.test(text)) {
    return { reason: `${path ? tokenFile : token} contains characters that a header cannot contain`, isBroken: true };
  }
  return text;
}
