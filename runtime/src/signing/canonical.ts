import { hmacSha256Hex, sha256Hex } from "./hash.js";
import type { CanonicalOptions } from "./types.js";
import { escapeUri, normalizeEscapes } from "./escape.js";

/** Name of the algorithm, as in every signature. */
export const algorithm = "AWS4-HMAC-SHA256";

/** The parts of a request that are signed. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Sorted. */
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** A signature and its intermediate steps. */
export interface SignatureSteps {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** In hexadecimal. */
  readonly signature: string;
}

/**
 * Signs the parts of a request with a derived key.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signParts(
  parts: SignedParts,
  key: Uint8Array,
  signingDate: string,
  scope: string,
  options: CanonicalOptions,
): SignatureSteps {
  const canonicalRequest = canonicalRequestOf(parts, options);
  const stringToSign = `${algorithm}\n${signingDate}\n${scope}\n${sha256Hex(canonicalRequest)}`;
  return { canonicalRequest, stringToSign, signature: hmacSha256Hex(key, stringToSign) };
}

/** The canonical request, which client and service compute the signature of. */
export function canonicalRequestOf(parts: SignedParts, options: CanonicalOptions): string {
  const { method, path, query, headers, signedHeaders, payloadHash } = parts;
  const target = `${method}\n${canonicalPath(path, options)}\n${canonicalQuery(query)}\n`;
  return `${target}${canonicalHeaderLines(signedHeaders, headers)}\n${signedHeaders.join(";")}\n${payloadHash}`;
}

/**
 * Headers that are sent unsigned, because intermediaries may change or add them, which would break the signature:
 * hop-by-hop headers (RFC 9110 section 7.6.1), headers of proxies and load balancers, and headers that HTTP libraries
 * set. The official signers omit the same ones.
 */
const unsigned: ReadonlySet<string> = new Set(
  "authorization cache-control connection expect from keep-alive max-forwards pragma referer te trailer transfer-encoding upgrade user-agent x-amzn-trace-id".split(
    " ",
  ),
);

/** Names of the signed headers, sorted; `headers` has lower-case names. */
export function signableHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  const names: string[] = [];
  for (const name of Object.keys(headers)) {
    // Browsers set `sec-` and `proxy-` headers after the request is signed.
    if (unsigned.has(name) || name.startsWith("proxy-") || name.startsWith("sec-")) continue;
    names.push(name);
  }
  return names.toSorted();
}

/** One line per header, in the order of `names`. The values of a repeated header are joined with `,`. */
export function canonicalHeaderLines(
  names: readonly string[],
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string {
  let lines = "";
  for (const name of names) {
    const value = headers[name] ?? "";
    lines += `${name}:${typeof value === "string" ? trimmed(value) : value.map(trimmed).join(",")}\n`;
  }
  return lines;
}

/** Trimmed, with each run of white space inside replaced by one space. */
function trimmed(value: string): string {
  return /^\s|\s\s|[\t\r\n]|\s$/.test(value) ? value.trim().replace(/\s+/g, " ") : value;
}

/**
 * The canonical path, from the path as it is sent. Services differ (see {@link CanonicalOptions}): all but S3 sign the
 * normalized path, encoded twice.
 */
export function canonicalPath(path: string, options: CanonicalOptions): string {
  if (path === "/" || path === "") return "/";
  const normalized = options.normalizePath === false ? path : removeDotSegments(path);
  return options.doubleEncodePath === false ? normalizeEscapes(normalized, true) : escapeUri(normalized, true);
}

/** RFC 3986 section 5.2.4; also removes empty segments. */
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

/**
 * The canonical query: each name and value percent-encoded once, sorted by name, then by value, in code point order; a
 * name without `=` gets one. The signature itself is not part of it.
 */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs: string[] = [];
  for (const piece of query.split("&")) {
    const equals = piece.indexOf("=");
    const name = normalizeEscapes(equals === -1 ? piece : piece.slice(0, equals));
    if (piece === "" || name === "X-Amz-Signature") continue;
    // The separator sorts before every character of a name, as the end of the name does.
    pairs.push(`${name}\0${equals === -1 ? "" : normalizeEscapes(piece.slice(equals + 1))}`);
  }
  return pairs.toSorted().join("&").replaceAll("\0", "=");
}

/** The value in place of the body's hash, if the body is not signed. */
export const unsignedPayload = "UNSIGNED-PAYLOAD";

let emptyHash: string | undefined;

/** SHA-256 of a body, in hexadecimal. */
export function hashPayload(body: string | Uint8Array | undefined): string {
  return body?.length ? sha256Hex(body) : (emptyHash ??= sha256Hex(""));
}
