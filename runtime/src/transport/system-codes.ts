/** What a code of the operating system, OpenSSL or undici means for whoever made the call. */
export interface SystemCode {
  /** In plain words, to stand in a sentence after a colon; absent where the error's own message says it best. */
  readonly meaning?: string;
  /** The same request will fail again however often it is sent: something has to be set right first. */
  readonly permanent?: true;
}

const untrusted = { meaning: "the server's TLS certificate is not trusted", permanent: true } as const;
const closedBefore = { meaning: "the client is closed", permanent: true } as const;
const ownLimit = { meaning: "a time limit that the given dispatcher sets itself passed" } as const;

const tooLargeHeaders = {
  meaning: "the response's headers are larger than Node allows (--max-http-header-size)",
} as const;

const codes: Readonly<Record<string, SystemCode>> = {
  ECONNREFUSED: { meaning: "nothing accepts connections there" },
  ECONNRESET: { meaning: "the other side reset the connection" },
  ECONNABORTED: { meaning: "the connection was broken off on this side" },
  EPIPE: { meaning: "the other side had closed the connection" },
  ETIMEDOUT: { meaning: "the network gave no answer" },
  ENOTFOUND: { meaning: "DNS knows no such host; are region and endpoint right?" },
  EAI_AGAIN: { meaning: "the DNS server did not answer" },
  EHOSTUNREACH: { meaning: "no route leads to the host" },
  ENETUNREACH: { meaning: "no route leads to the host's network" },
  EADDRNOTAVAIL: { meaning: "this machine has no address or port left for the connection" },
  EMFILE: { meaning: "this process has too many files and connections open" },
  ENFILE: { meaning: "this machine has too many files and connections open" },

  CERT_HAS_EXPIRED: { meaning: "the server's TLS certificate has expired", permanent: true },
  CERT_NOT_YET_VALID: {
    meaning: "the server's TLS certificate is not valid yet; is the clock right?",
    permanent: true,
  },
  CERT_REVOKED: { meaning: "the server's TLS certificate is revoked", permanent: true },
  CERT_UNTRUSTED: untrusted,
  CERT_REJECTED: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: { meaning: "the server's TLS certificate is for another host", permanent: true },
  ERR_SSL_WRONG_VERSION_NUMBER: { meaning: "the server does not speak TLS there", permanent: true },
  EPROTO: { meaning: "no TLS connection could be agreed on" },

  CLIENTSMITH_PROXY_AUTHENTICATION: {
    meaning: "the proxy wants to know who asks (status 407); are user and password in its URL right?",
    permanent: true,
  },
  UND_ERR_SOCKET: { meaning: "the other side closed the connection" },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { meaning: "the body is not as long as its content-length says" },
  UND_ERR_HEADERS_OVERFLOW: tooLargeHeaders,
  HPE_HEADER_OVERFLOW: tooLargeHeaders,
  UND_ERR_CONNECT_TIMEOUT: ownLimit,
  UND_ERR_HEADERS_TIMEOUT: ownLimit,
  UND_ERR_BODY_TIMEOUT: ownLimit,
  UND_ERR_CLOSED: closedBefore,
  UND_ERR_DESTROYED: closedBefore,
  UND_ERR_INVALID_ARG: { permanent: true },
  UND_ERR_NOT_SUPPORTED: { permanent: true },
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: {
    meaning: "the body is not as long as the request's content-length says",
    permanent: true,
  },
  ERR_INVALID_CHAR: { permanent: true },
  ERR_INVALID_HTTP_TOKEN: { permanent: true },
  ERR_UNESCAPED_CHARACTERS: { permanent: true },
  CLIENTSMITH_INVALID_REQUEST: { meaning: "a header is not valid HTTP", permanent: true },
  CLIENTSMITH_REQUEST_STREAM: { permanent: true },
  CLIENTSMITH_NO_REQUEST_STREAMS: {
    meaning: "the fetch of this platform sends no body that comes in parts; give the whole body at once",
    permanent: true,
  },
  CLIENTSMITH_REDIRECT: { meaning: "the server redirects elsewhere, and that is not followed", permanent: true },
  CLIENTSMITH_RESPONSE_TOO_LARGE: { permanent: true },
  ERR_MODULE_NOT_FOUND: { meaning: "the package undici is not installed", permanent: true },
};

/** What is known about a code; undefined for one that says nothing more than itself. */
export function systemCode(code: string): SystemCode | undefined {
  return Object.hasOwn(codes, code) ? codes[code] : undefined;
}

/** The code of an error, or of the first of its causes that has one: happy eyeballs gather several errors in one. */
export function codeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && typeof current === "object" && current !== null; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if ("errors" in current && Array.isArray(current.errors)) current = current.errors[0];
    else current = "cause" in current ? current.cause : undefined;
  }
  return undefined;
}
