import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { sleep } from "../signals/sleep.js";
import { nodeHttp, nodeHttps } from "../transport/node/transport.js";
import type { Unavailable } from "./types.js";

/** Milliseconds per attempt: these services are on the same machine or the next one. */
const timeLimit = 1000;

/** Max bytes of a response; credentials have two thousand. */
const sizeLimit = 64 * 1024;

/** Milliseconds between attempts. */
const pause = 100;

export interface MetadataRequest {
  readonly url: URL;
  readonly method?: "GET" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** Max number of requests, if there is no response or one with status 429 or 5xx. */
  readonly attempts: number;
}

export interface MetadataResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends a request to a credentials service in the local network: without a proxy, on its own connection that is closed
 * after the response, and without following redirects, which could send a token elsewhere.
 */
export async function requestMetadata(request: MetadataRequest): Promise<MetadataResponse | Unavailable> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(request);
    const isFinal = "status" in response && response.status < 500 && response.status !== 429;
    if (isFinal || attempt >= request.attempts) return response;
    await sleep(pause * attempt);
  }
}

async function send({ url, method = "GET", headers = {} }: MetadataRequest): Promise<MetadataResponse | Unavailable> {
  const { request } = url.protocol === "https:" ? nodeHttps() : nodeHttp();
  const signal = AbortSignal.timeout(timeLimit);
  try {
    return await exchange(request(url, { method, headers, signal, agent: false } satisfies RequestOptions));
  } catch (error) {
    if (signal.aborted) return { reason: `${url.origin} did not respond within ${timeLimit} ms` };
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: `${url.origin} cannot be reached: ${code ?? message}` };
  }
}

function exchange(request: ClientRequest): Promise<MetadataResponse> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > sizeLimit) response.destroy(new Error(`its response has more than ${sizeLimit} bytes`));
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    request.end();
  });
}
