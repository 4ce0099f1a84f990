/** Meaning of a code of the operating system, OpenSSL, undici or this runtime. */
export interface SystemCode {
  /** Text for a message, after a colon; undefined if the error's own message is better. */
  readonly meaning: string | undefined;
  /** The same request always fails again, until the cause is corrected. */
  readonly permanent: boolean;
}

/** Codes and their meaning; `!` marks a permanent failure. */
const codes: (readonly [codes: string, meaning: string])[] = [
  ["ECONNREFUSED", "nothing accepts connections there"],
  ["ECONNRESET", "the peer reset the connection"],
  ["ECONNABORTED", "the connection was aborted on this side"],
  ["EPIPE", "the peer had closed the connection"],
  ["ETIMEDOUT", "the network did not respond"],
  ["ENOTFOUND", "DNS has no such host; check the endpoint"],
  ["EAI_AGAIN", "the DNS server did not respond"],
  ["EHOSTUNREACH", "no route leads to the host"],
  ["ENETUNREACH", "no route leads to the host's network"],
  ["EADDRNOTAVAIL", "this machine has no address or port left for the connection"],
  ["EMFILE", "this process has too many files and connections open"],
  ["ENFILE", "this machine has too many files and connections open"],
  ["CERT_HAS_EXPIRED", "!the server's TLS certificate has expired"],
  ["CERT_NOT_YET_VALID", "!the server's TLS certificate is not valid yet; check the clock"],
  ["CERT_REVOKED", "!the server's TLS certificate is revoked"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "!the server's TLS certificate is for another host"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "!the server does not speak TLS there"],
  ["EPROTO", "no TLS connection could be agreed on"],
  ["HPE_HEADER_OVERFLOW", "the response's headers are larger than Node allows (--max-http-header-size)"],
  ["UND_ERR_CLOSED", "!the client is closed"],
  ["ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN ERR_UNESCAPED_CHARACTERS", "!"],
];

/** Adds the codes of another HTTP client. */
export function addSystemCodes(more: typeof codes): void {
  codes.push(...more);
}

/** Meaning of a code; undefined for one that explains itself. */
export function systemCode(code: string): SystemCode | undefined {
  const found = codes.find(([names]) => names.split(" ").includes(code))?.[1] ?? meaningByForm(code);
  if (found === undefined) return undefined;
  const permanent = found.startsWith("!");
  return { meaning: (permanent ? found.slice(1) : found) || undefined, permanent };
}

/**
 * Most of OpenSSL's codes are reasons not to trust a certificate. A failure that this runtime detects explains itself, and
 * the same request always fails again.
 */
function meaningByForm(code: string): string | undefined {
  if (/^CERT_|SIGNED_CERT|^UNABLE_TO_/.test(code)) return "!the server's TLS certificate is not trusted";
  return code.startsWith("CLIENTSMITH_") ? "!" : undefined;
}
