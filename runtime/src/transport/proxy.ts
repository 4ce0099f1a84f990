/** Which proxy the requests of undici's agent for proxies go over. Loaded where there is one. */
import { processEnvironment } from "../config/environment.js";
import { ConfigurationError } from "../errors/client.js";
import { isProxyUrl } from "./proxy-settings.js";

/** In undici's order: of several that are set the first counts, even where it is empty. */
const variables = { http: ["http_proxy", "HTTP_PROXY"], https: ["https_proxy", "HTTPS_PROXY"] } as const;

/** @throws ConfigurationError naming the environment variable that is no proxy's URL, without what it holds: that may be a secret */
export function checkProxyVariables(): void {
  for (const names of Object.values(variables)) {
    const name = setOf(names);
    const value = name && processEnvironment.env[name];
    if (!value || isProxyUrl(value)) continue;
    throw new ConfigurationError(
      `The environment variable ${name} must be a URL such as http://proxy.example:8080. The option proxy: false goes without.`,
    );
  }
}

/**
 * Host and port of the proxy that requests to an origin go over, for messages; undefined where they go straight there.
 *
 * @param option the proxy that was given; undefined where the environment decides
 */
export function proxyHostOf(origin: string, option: string | undefined): string | undefined {
  const { env } = processEnvironment;
  if (option !== undefined) return new URL(option).host;
  const url = new URL(origin);
  if (isExempt(url, env["no_proxy"] ?? env["NO_PROXY"] ?? "")) return undefined;
  const http = env[setOf(variables.http) ?? ""];
  const proxy = url.protocol === "https:" ? env[setOf(variables.https) ?? ""] || http : http;
  return proxy && isProxyUrl(proxy) ? new URL(proxy).host : undefined;
}

function setOf(names: readonly string[]): string | undefined {
  return names.find((name) => processEnvironment.env[name] !== undefined);
}

function isExempt({ hostname, protocol, port }: URL, list: string): boolean {
  if (list === "*") return true;
  const portInUse = port || (protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, host = entry, onPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
      const name = host.replace(/^\*?\./, "");
      const isOnPort = onPort === undefined || Number(onPort) === 0 || onPort === portInUse;
      return isOnPort && (hostname === name || hostname.endsWith(`.${name}`));
    });
}
