import type { SystemCode } from "./system-codes.js";

/** `system-codes.ts` over `fetch`, which reports no code of the operating system: the codes of this runtime. */
const codes: Readonly<Record<string, string>> = {
  UND_ERR_CLOSED: "the client is closed",
  CLIENTSMITH_INVALID_REQUEST: "a header is not valid HTTP",
  CLIENTSMITH_REQUEST_STREAM: "",
  CLIENTSMITH_NO_REQUEST_STREAMS: "the fetch of this platform sends no streaming body; pass a buffered body",
  CLIENTSMITH_PATH:
    'fetch changes its path, for example "a/../b" to "b"; in Node, createNodeHttpTransport and createUndiciTransport send it as it is',
  CLIENTSMITH_REDIRECT: "the server redirects, and redirects are not followed",
  CLIENTSMITH_RESPONSE_TOO_LARGE: "",
};

/** Meaning of a code; each of these failures is permanent. */
export function systemCode(code: string): SystemCode | undefined {
  const meaning = Object.hasOwn(codes, code) ? codes[code] : undefined;
  return meaning === undefined ? undefined : { meaning: meaning || undefined, permanent: true };
}
