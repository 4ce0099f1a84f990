import { EndpointError } from "../errors/setup.js";

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
