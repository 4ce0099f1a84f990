/** A URL as endpoint rules see it. */
export interface ParsedUrl {
  readonly scheme: string;
  /** Host and, where the URL gives one, port; no user information. */
  readonly authority: string;
  /** As it is written; empty where the URL ends with the authority. */
  readonly path: string;
  /** The path with a `/` at both ends. */
  readonly normalizedPath: string;
  /** True where the host is an IPv4 or IPv6 address. */
  readonly isIp: boolean;
}

/**
 * The parts of an http or https URL, or undefined for anything else, a URL with a query or fragment included. The parts
 * are the text's own: nothing is decoded, completed or written in another form.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function
 */
export function parseURL(value: string): ParsedUrl | undefined {
  const match = /^(https?):\/\/(?:[^/?#@\s\\]*@)?([^/?#@\s\\]+)(\/[^?#]*)?$/i.exec(value);
  if (!match || !URL.canParse(value)) return undefined;
  const [, scheme = "", authority = "", path = ""] = match;
  return {
    scheme: scheme.toLowerCase(),
    authority,
    path,
    normalizedPath: path.endsWith("/") ? path : `${path}/`,
    isIp: isAddress(authority.replace(/:\d*$/, "")),
  };
}

function isAddress(host: string): boolean {
  if (host.startsWith("[")) return true;
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
