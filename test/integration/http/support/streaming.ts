import { onTestFinished } from "vitest";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createHttp2Transport } from "#runtime/transport/http2/transport.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import type { HttpRequest, HttpResponse, Transport } from "#runtime/schema/http.js";
import { enableStreaming } from "#runtime/transport/streaming/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import type { HttpVersion, TestServer } from "./servers.js";
import { post } from "./transport.js";

enableStreaming();

const creators = {
  undici: createUndiciTransport,
  "node:http": createNodeHttpTransport,
  fetch: createFetchTransport,
  http2: createHttp2Transport,
} satisfies Record<string, (options: { maxResponseSize?: number }) => Transport>;

export type TransportName = keyof typeof creators;

export const transportNames = Object.keys(creators) as readonly TransportName[];

/** The version of HTTP that a transport speaks. */
export const versionOf = (name: TransportName): HttpVersion => (name === "http2" ? 2 : 1);

export const http1Names = transportNames.filter((name) => versionOf(name) === 1);

/** A transport that is closed when the test ends. */
export function openTransport(name: TransportName, options: { maxResponseSize?: number } = {}): Transport {
  const transport = creators[name](options);
  onTestFinished(() => transport.close());
  return transport;
}

/** A stream of a test, which keeps account of what becomes of it. */
export class Source implements AsyncIterable<Uint8Array> {
  readonly #next: (count: number) => unknown;
  /** How often more was requested. */
  asked = 0;
  /** How often it was reported that no more is wanted. */
  ended = 0;
  started = 0;

  /** @param next gives the chunk of that number, undefined at the end, or a promise of it */
  constructor(next: (count: number) => unknown) {
    this.#next = next;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    this.started++;
    return {
      next: async () => {
        const value = await this.#next(this.asked++);
        return value === undefined ? { done: true, value } : { done: false, value: value as Uint8Array };
      },
      return: async () => {
        this.ended++;
        return { done: true, value: undefined };
      },
    };
  }
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A source of these texts. */
export const sourceOf = (...texts: readonly string[]): Source =>
  new Source((count) => (texts[count] === undefined ? undefined : bytes(texts[count])));

/** A request whose body is a stream. */
export function upload(server: Pick<TestServer, "origin" | "host">, stream: Source, length?: number): HttpRequest {
  const { body: _body, ...request } = post(server);
  const headers = { ...request.headers, ...(length !== undefined && { "content-length": String(length) }) };
  return { ...request, headers, stream };
}

/** The body of a response that was requested as a stream. */
export function streamOf({ stream }: HttpResponse): NonNullable<HttpResponse["stream"]> {
  if (!stream) throw new Error("the response was not handed over as a stream");
  return stream;
}

/** All that is left of a stream, as text. */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
