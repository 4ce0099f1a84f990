import { processEnvironment } from "../config/environment.js";

/** Options of undici's `EnvHttpProxyAgent`; what is absent is read from the environment. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/** What the option `proxy` asks for; undefined where nothing goes over a proxy. */
export function proxySettings(proxy: string | URL | false | undefined): ProxySettings | undefined {
  const { env } = processEnvironment;
  if (proxy === undefined) {
    const names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];
    return names.some((name) => env[name]) ? {} : undefined;
  }
  if (proxy === false) return undefined;
  const uri = String(proxy);
  return { httpProxy: uri, httpsProxy: uri, noProxy: "" };
}

/** Whether requests can be sent over what a text names. */
export function isProxyUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
