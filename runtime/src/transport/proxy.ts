/** Which proxy a request uses. Loaded only if there is one. */
import { processEnvironment } from "../config/environment.js";
import { ConfigurationError } from "../errors/client.js";
import { parseProxyUrl } from "./proxy-settings.js";

/** The first variable that is set counts, even if it is empty. */
const variables = { http: ["http_proxy", "HTTP_PROXY"], https: ["https_proxy", "HTTPS_PROXY"] } as const;

/** @throws ConfigurationError naming the environment variable that is not the URL of a proxy, without its value: it may contain a password */
export function checkProxyVariables(): void {
  for (const names of Object.values(variables)) {
    const found = inEnvironment(names);
    if (!found || found.url) continue;
    throw new ConfigurationError(
      `The environment variable ${found.name} must be a URL such as http://proxy.example:8080. Set the option proxy: false to use no proxy.`,
    );
  }
}

/**
 * The proxy for requests to an origin; undefined if they are sent directly.
 *
 * @param option the proxy of the client's option; undefined if the environment decides
 */
export function proxyOf(origin: string, option: string | undefined): URL | undefined {
  if (option !== undefined) return parseProxyUrl(option);
  const { env } = processEnvironment;
  const url = new URL(origin);
  if (isExempt(url, env["no_proxy"] ?? env["NO_PROXY"] ?? "")) return undefined;
  const http = inEnvironment(variables.http);
  return (url.protocol === "https:" ? (inEnvironment(variables.https) ?? http) : http)?.url;
}

/** Host and port of that proxy, for messages. */
export function proxyHostOf(origin: string, option: string | undefined): string | undefined {
  return proxyOf(origin, option)?.host;
}

/** The value of `Proxy-Authorization`; undefined for a URL without a user. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  return `Basic ${btoa(`${percentDecoded(username)}:${percentDecoded(password)}`)}`;
}

/** Decodes to bytes, one character for each, as `btoa` expects them. */
function percentDecoded(text: string): string {
  return text.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Accepts values without a scheme. An empty value counts as not set. */
function inEnvironment(names: readonly string[]): { readonly name: string; readonly url: URL | undefined } | undefined {
  const { env } = processEnvironment;
  const name = names.find((each) => env[each] !== undefined);
  const value = name && env[name]?.trim();
  if (!value) return undefined;
  return { name, url: parseProxyUrl(value.includes("://") ? value : `http://${value}`) };
}

function isExempt({ hostname, protocol, port }: URL, list: string): boolean {
  if (list === "*") return true;
  const address = hostname.replace(/[[\]]/g, "");
  const portInUse = port || (protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, host = entry, onPort] = /^([^:]+|\[.+\]):(\d+)$/.exec(entry) ?? [];
      const name = host.replace(/^\*?\.|[[\]]/g, "");
      const isOnPort = onPort === undefined || Number(onPort) === 0 || onPort === portInUse;
      return isOnPort && (address === name || address.endsWith(`.${name}`));
    });
}
