/**
 * Headers that are sent but not signed, because what lies between client and service may change or add them, which
 * would break the signature: hop-by-hop headers (RFC 9110 section 7.6.1), what proxies rewrite, what load balancers
 * put in, and what HTTP libraries set on their own. The official signers leave out the same ones.
 */
const unsigned: ReadonlySet<string> = new Set([
  "authorization",
  "cache-control",
  "connection",
  "expect",
  "from",
  "keep-alive",
  "max-forwards",
  "pragma",
  "referer",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-amzn-trace-id",
]);

/** Names of the headers that go into a signature, sorted; `headers` has lower-case names. */
export function signableHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  const names: string[] = [];
  for (const name of Object.keys(headers)) {
    // Browsers own `sec-` and `proxy-` headers: they set them after the request is signed.
    if (unsigned.has(name) || name.startsWith("proxy-") || name.startsWith("sec-")) continue;
    names.push(name);
  }
  return names.toSorted();
}

/** One line a header, in the order of `names`. A header given several times has its values joined by `,`. */
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

/** Without white space at the ends, and each run of it within as one space. */
function trimmed(value: string): string {
  return /^\s|\s\s|[\t\r\n]|\s$/.test(value) ? value.trim().replace(/\s+/g, " ") : value;
}
