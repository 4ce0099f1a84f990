import { streaming } from "../exchange/streaming.js";
import type { StreamedRequest } from "../exchange/streamed-request.js";
import type { HttpRequest } from "../../schema/http.js";

/** An invalid request or response for which no other attempt would succeed. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: `CLIENTSMITH_${string}`, message: string) {
    super(message);
    this.code = code;
  }
}

/** `fetch` does not tell where the response redirects to. */
export function redirection(): Refused {
  return new Refused("CLIENTSMITH_REDIRECT", "the server redirects, and redirects are not followed");
}

export function urlOf({ origin, path, query }: HttpRequest): string {
  return query === "" ? origin + path : `${origin}${path}?${query}`;
}

/** Only browsers know `cache`; the types do not yet know `duplex`. */
type Init = RequestInit & { readonly cache: "no-store"; readonly duplex?: "half" };

/**
 * By the standard, `fetch` keeps a second copy of a request that may be sent again, and Node keeps all of a streaming
 * body for it. With redirections rejected and no window to prompt in, there is no copy.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
 */
const withoutCopy = { redirect: "error", window: null } as const;

/** Whether `fetch` failed because of a redirection; not every platform reports it. */
export function isRedirection(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message === "unexpected redirect";
}

/** @throws Refused for a request that cannot be sent */
export function initOf(request: HttpRequest, streamed: StreamedRequest | undefined, signal: AbortSignal): Init {
  const { method, headers, body, origin, path } = request;
  // The platform resolves "." and "..", so that the request would go to another path than the one that is signed.
  if (new URL(origin + path).pathname !== path) {
    throw new Refused(
      "CLIENTSMITH_PATH",
      'fetch changes its path, for example "a/../b" to "b"; in Node, createNodeHttpTransport and createUndiciTransport send it as it is',
    );
  }
  return {
    method,
    headers: headersOf(headers),
    signal,
    redirect: "manual",
    cache: "no-store",
    credentials: "omit",
    ...(body !== undefined && { body: body as Exclude<RequestInit["body"], undefined> }),
    ...(streamed && { body: streaming().fetchBody(streamed), duplex: "half", ...withoutCopy }),
  };
}

/** `fetch` sets `host` itself, to the signed one. */
function headersOf({ host: _host, ...others }: HttpRequest["headers"]): Headers {
  try {
    return new Headers(others);
  } catch {
    // The platform's error quotes the header's value, which may be a secret.
    throw new Refused("CLIENTSMITH_INVALID_REQUEST", "a header is not valid HTTP");
  }
}
