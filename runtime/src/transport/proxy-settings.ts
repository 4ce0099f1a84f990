import { processEnvironment } from "../config/environment.js";

/** The proxy of a client's option `proxy`, or `true` if the environment decides; undefined if no proxy is used. */
export function proxySetting(proxy: string | URL | false | undefined): string | true | undefined {
  if (proxy === false) return undefined;
  if (proxy !== undefined) return String(proxy);
  const { env } = processEnvironment;
  const names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];
  return names.some((name) => env[name]?.trim()) ? true : undefined;
}

/**
 * The URL of a proxy, which has the scheme `http:` or `https:`. In user and password, a `%` that starts no percent-encoding
 * and a `\` are taken literally.
 */
export function parseProxyUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  const literal = text.replaceAll(/%(?![\da-f]{2})/gi, "%25").replaceAll("\\", "%5C");
  if (!URL.canParse(literal)) return undefined;
  const url = new URL(literal);
  // An `@` behind the host: the password has a delimiter that is not percent-encoded, and was parsed as host and path.
  return `${url.pathname}${url.search}${url.hash}`.includes("@") ? undefined : url;
}
