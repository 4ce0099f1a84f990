import { joinBytes } from "../text/bytes.js";
import { listenForAbort } from "../time/abort.js";
import { abortError } from "../time/deadline.js";
import { longestTimer } from "../time/timers.js";
import type { ExchangePhase } from "./failure.js";
import type { FetchTransportOptions } from "./fetch.js";
import { defaultMaxResponseSize, ResponseTooLarge } from "./response-size.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "./types.js";
import { at, beforeSending } from "./when.js";

/** Codes that say that nothing was sent: `fetch` does not tell by itself how far it came. */
const unsentCodes: ReadonlySet<string | undefined> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Sends with the platform's `fetch`. */
export class FetchTransport implements Transport {
  readonly #running = new Set<Promise<unknown>>();
  readonly #maxResponseSize: number;
  #closed = false;

  constructor({ maxResponseSize = defaultMaxResponseSize }: FetchTransportOptions) {
    this.#maxResponseSize = maxResponseSize;
  }

  async send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
    if (options.signal?.aborted) throw abortError(options.signal, beforeSending);
    if (this.#closed) {
      const { notSentError } = await import("./failure.js");
      throw notSentError(request, undefined, "UND_ERR_CLOSED");
    }
    const exchange = send(request, options, this.#maxResponseSize);
    this.#running.add(exchange);
    try {
      return await exchange;
    } finally {
      this.#running.delete(exchange);
    }
  }

  /** Waits for the requests under way; connections are the platform's. What is sent afterwards fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }
}

async function send(request: HttpRequest, options: TransportOptions, maxResponseSize: number): Promise<HttpResponse> {
  const { signal, headersTimeout, bodyTimeout } = options;
  const controller = new AbortController();
  const aborting = signal && listenForAbort(signal, { onAbort: () => controller.abort() });
  let phase: ExchangePhase = "connect";
  let status = 0;
  let received = 0;
  let passed: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const allow = (limit: number): void => {
    clearTimeout(timer);
    if (limit <= 0) return;
    timer = setTimeout(
      () => {
        passed = limit;
        controller.abort();
      },
      Math.min(limit, longestTimer),
    );
  };
  try {
    allow(headersTimeout);
    const init = initOf(request, controller.signal);
    phase = "headers";
    const response = await fetch(urlOf(request), init);
    ({ status } = response);
    if (response.type === "opaqueredirect") throw new Refused("CLIENTSMITH_REDIRECT");
    phase = "body";
    allow(bodyTimeout);
    const body = await readBody(response, (bytes) => {
      received += bytes;
      if (received > maxResponseSize) throw new ResponseTooLarge(maxResponseSize);
      allow(bodyTimeout);
    });
    return { status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    if (signal?.aborted) throw abortError(signal, at[phase]);
    controller.abort();
    const why = passed === undefined ? { error } : { limit: passed };
    const [{ exchangeError }, { codeOf }] = await Promise.all([import("./failure.js"), import("./systemCodes.js")]);
    if (phase === "headers" && unsentCodes.has(codeOf(error))) phase = "connect";
    throw exchangeError({
      request,
      phase,
      status,
      received,
      connectTimeout: undefined,
      exhausted: undefined,
      isSentForSure: false,
      why,
    });
  } finally {
    clearTimeout(timer);
    aborting?.end();
  }
}

/** What is wrong with the request or its answer so that no other attempt will do better. */
class Refused extends Error {
  readonly code: "CLIENTSMITH_INVALID_REQUEST" | "CLIENTSMITH_REDIRECT";

  constructor(code: Refused["code"]) {
    super(code);
    this.code = code;
  }
}

function urlOf({ origin, path, query }: HttpRequest): string {
  return query === "" ? origin + path : `${origin}${path}?${query}`;
}

/** `cache` is known to browsers only. */
function initOf(
  { method, headers, body }: HttpRequest,
  signal: AbortSignal,
): RequestInit & { readonly cache: "no-store" } {
  return {
    method,
    headers: headersOf(headers),
    signal,
    redirect: "manual",
    cache: "no-store",
    credentials: "omit",
    ...(body !== undefined && { body: body as Exclude<RequestInit["body"], undefined> }),
  };
}

/** `fetch` sets the host itself, to the one that is signed. */
function headersOf({ host: _host, ...others }: HttpRequest["headers"]): Headers {
  try {
    return new Headers(others);
  } catch {
    // The platform's error quotes the header's value, which may be a secret.
    throw new Refused("CLIENTSMITH_INVALID_REQUEST");
  }
}

async function readBody(response: Response, progress: (bytes: number) => void): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) return joinBytes(parts);
    parts.push(value);
    progress(value.byteLength);
  }
}
