import { ConfigurationError } from "../errors/setup.js";
import { endpointUrlProblem, shown } from "./parse.js";

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
