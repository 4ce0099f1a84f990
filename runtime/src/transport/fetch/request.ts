import { RejectedExchange } from "./rejected-exchange.js";
import type { FetchStreams } from "./streams.js";
import type { HttpRequest } from "../../schema/http.js";

export function urlOf({ origin, path, query }: HttpRequest): string {
  return query === "" ? origin + path : `${origin}${path}?${query}`;
}

/** Only browsers know `cache`. */
type Init = RequestInit & { readonly cache: "no-store" };

/** Whether `fetch` failed because of a redirection; not every platform reports it. */
export function isRedirection(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message === "unexpected redirect";
}

/** @throws RejectedExchange for a request that cannot be sent */
export function initOf(request: HttpRequest, streams: FetchStreams | undefined, signal: AbortSignal): Init {
  const { method, headers, body, origin, path } = request;
  // The platform resolves "." and "..", so that the request would go to another path than the one that is signed.
  if (new URL(origin + path).pathname !== path) {
    throw new RejectedExchange(
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
    ...streams?.init(),
  };
}

/** `fetch` sets `host` itself, to the signed one. */
function headersOf({ host: _host, ...others }: HttpRequest["headers"]): Headers {
  try {
    return new Headers(others);
  } catch {
    // The platform's error quotes the header's value, which may be a secret.
    throw new RejectedExchange("CLIENTSMITH_INVALID_REQUEST", "a header is not valid HTTP");
  }
}
