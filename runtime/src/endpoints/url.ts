import { isAnyObject } from "../text/any-object.js";
import { EndpointError, ConfigurationError } from "../errors/client.js";

/** The parts of an endpoint that a request is built from. */
export interface EndpointUrl {
  /** Scheme, host and port: the key of pooled connections. */
  readonly origin: string;
  /** Host and, unless it is the scheme's default, port: the value of the `Host` header. */
  readonly host: string;
  /** Prefix of every request's path: percent-encoded, empty or with a leading slash, never with a trailing one. */
  readonly path: string;
}

/** Parses the URL of an endpoint. Throws an `EndpointError` for anything but a plain http or https URL. */
export function parseEndpointUrl(url: string): EndpointUrl {
  const problem = endpointUrlProblem(url);
  if (problem) throw new EndpointError(`The endpoint ${problem}, got ${shown(url)}`);
  const { origin, host, pathname } = new URL(url);
  return { origin, host, path: pathname.replace(/\/+$/, "") };
}

/** Why a text is not a valid endpoint; undefined if it is. */
export function endpointUrlProblem(url: string): string | undefined {
  // The URL parser would drop or rewrite these characters, so that requests would be sent to another URL.
  if (/[\s\\\p{Cc}]/u.test(url)) return "must not contain spaces, backslashes or control characters";
  if (!/^https?:\/\//i.test(url)) return "must be a URL such as https://host:port";
  if (!URL.canParse(url)) return "must be a URL such as https://host:port, without a name before an IP address";
  const { username, password } = new URL(url);
  if (username || password || /^[^/]*\/\/[^/?#]*@/.test(url)) return "must not contain a user name or password";
  if (/[?#]/.test(url)) return "must not contain a query or fragment";
  if (/^[^/]*\/\/.*\/(?:\.|%2e){1,2}(?:\/|$)/i.test(url)) return 'must not contain "." or ".." in its path';
  return undefined;
}

/** A value for a message: short, on one line, without credentials. */
export function shown(value: unknown): string {
  if (isAnyObject(value)) return `an object with ${Object.keys(value).join(", ") || "no fields"}`;
  if (typeof value !== "string") return typeof value === "function" ? "a function" : String(value);
  const text = JSON.stringify(value.replace(/^(\w+:\/\/)?.*@/s, "$1***@"));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** An endpoint as an object of the ecosystem's `Endpoint` type. */
export interface EndpointParts {
  /** `https:` (the default) or `http:`; the colon is optional. */
  readonly protocol?: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path?: string;
}

/**
 * The `endpoint` option as a URL without a trailing slash. Throws a `ConfigurationError` that describes the problem for
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
  // Duck-typed, because a `URL` may come from another realm or bundle.
  const { href, protocol = "https", hostname, port, path = "" } = Object(option) as Record<string, unknown>;
  if (typeof href === "string") return href;
  // A hostname with other delimiters would send the request elsewhere.
  if (typeof hostname !== "string" || !/^[^/?#@]+$/.test(hostname)) return undefined;
  if (port !== undefined && typeof port !== "number") return undefined;
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return `${String(protocol).replace(/:?$/, "://")}${host}${String(path).replace(/^(?=[^/])/, "/")}`;
}
