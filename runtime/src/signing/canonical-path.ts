import { escapeUri, normalizeEscapes } from "./escape.js";
import type { CanonicalOptions } from "./types.js";

/**
 * The path as it is signed, from the path as it is sent. Services differ (see {@link CanonicalOptions}): all but S3
 * sign the normalized path, encoded twice.
 */
export function canonicalPath(path: string, options: CanonicalOptions): string {
  if (path === "/" || path === "") return "/";
  const normalized = options.normalizePath === false ? path : removeDotSegments(path);
  return options.doubleEncodePath === false ? normalizeEscapes(normalized, true) : escapeUri(normalized, true);
}

/** RFC 3986 section 5.2.4, and empty segments removed too. */
function removeDotSegments(path: string): string {
  if (!path.includes("/.") && !path.includes("//")) return path;
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const end = kept.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${kept.join("/")}${end}`;
}
