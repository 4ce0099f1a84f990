import { EndpointError, ConfigurationError } from "../errors/client.js";

/** An endpoint in the parts that a request is built from. */
export interface EndpointUrl {
  /** Scheme, host and port: what connections are kept by. */
  readonly origin: string;
  /** Host and, unless it is the scheme's own, port: the value of the `Host` header. */
  readonly host: string;
  /** What every request's path begins with: percent-encoded, empty or with a leading slash, never with a trailing one. */
  readonly path: string;
}

/** Takes an endpoint's URL apart. Throws `EndpointError` for anything that is no plain http or https URL. */
export function parseEndpointUrl(url: string): EndpointUrl {
  const problem = endpointUrlProblem(url);
  if (problem) throw new EndpointError(`The endpoint ${problem}, got ${shown(url)}`);
  const { origin, host, pathname } = new URL(url);
  return { origin, host, path: pathname.replace(/\/+$/, "") };
}

/** What keeps a text from being an endpoint; undefined where nothing does. */
export function endpointUrlProblem(url: string): string | undefined {
  // What comes next would be dropped or rewritten by the URL parser, so that requests went elsewhere than it reads.
  if (/[\s\\\p{Cc}]/u.test(url)) return "must not hold spaces, backslashes or control characters";
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return "must be a URL such as https://host:port";
  const { username, password } = new URL(url);
  if (username || password || /^[^/]*\/\/[^/?#]*@/.test(url)) return "must not hold a user name or password";
  if (/[?#]/.test(url)) return "must not hold a query or fragment";
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(url.replace(/^https?:\/\//i, "")))
    return 'must not hold "." or ".." in its path';
  return undefined;
}

/** A value as a message may show it: short, on one line, without credentials. */
export function shown(value: unknown): string {
  if (typeof value === "object" && value !== null)
    return `an object with ${Object.keys(value).join(", ") || "no fields"}`;
  if (typeof value !== "string") return typeof value === "function" ? "a function" : String(value);
  const text = JSON.stringify(value.replace(/^(\w+:\/\/)?.*@/s, "$1***@"));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** An endpoint in the parts that the ecosystem's `Endpoint` type has. */
export interface EndpointParts {
  /** `https:` (the default) or `http:`; the colon may be left out. */
  readonly protocol?: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path?: string;
}

/**
 * The `endpoint` option as a URL with no trailing slash. Throws `ConfigurationError`, which says what is wrong, for
 * anything that requests cannot be sent to.
 */
export function normalizeEndpoint(option: string | URL | EndpointParts): string {
  const url = urlOf(option);
  const problem = url === undefined ? "must be a URL such as https://host:port" : endpointUrlProblem(url);
  if (url === undefined || problem) throw new ConfigurationError(`endpoint ${problem}, got ${shown(url ?? option)}`);
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/+$/, "");
}

function urlOf(option: unknown): string | undefined {
  if (typeof option === "string") return option;
  if (isUrl(option)) return option.href;
  if (!isParts(option)) return undefined;
  const { protocol = "https:", hostname, port, path = "" } = option;
  const scheme = protocol.endsWith(":") ? protocol : `${protocol}:`;
  // A hostname that holds more than a host would move the request elsewhere.
  if (/[/?#@]/.test(hostname)) return undefined;
  return `${scheme}//${hostname}${port === undefined ? "" : `:${port}`}${path === "" || path.startsWith("/") ? path : `/${path}`}`;
}

/** By its field, since a bundle or a test runner can have a `URL` of its own. */
function isUrl(option: unknown): option is URL {
  return typeof option === "object" && option !== null && typeof (option as { href?: unknown }).href === "string";
}

function isParts(option: unknown): option is EndpointParts {
  if (typeof option !== "object" || option === null) return false;
  const { protocol, hostname, port, path } = option as Record<string, unknown>;
  return (
    typeof hostname === "string" &&
    hostname !== "" &&
    (protocol === undefined || typeof protocol === "string") &&
    (port === undefined || typeof port === "number") &&
    (path === undefined || typeof path === "string")
  );
}
