import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { sleep } from "../signals/sleep.js";
import { nodeHttp, nodeHttps } from "../transport/node/transport.js";
import type { Unavailable } from "./types.js";

/** For one attempt, in milliseconds: these services are on the same machine or on the next. */
const timeLimit = 1000;

/** Bytes of an answer; credentials have two thousand. */
const sizeLimit = 64 * 1024;

/** Milliseconds between attempts. */
const pause = 100;

export interface MetadataRequest {
  readonly url: URL;
  readonly method?: "GET" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** Requests at most, where there is no answer or one with status 429 or from 500 on. */
  readonly attempts: number;
}

export interface MetadataAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Asks a service that hands out credentials in the machine's own network: without proxy, on a connection of its own that
 * is closed with the answer, and without following redirects, which could carry a token elsewhere.
 */
export async function requestMetadata(request: MetadataRequest): Promise<MetadataAnswer | Unavailable> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(request);
    const isFinal = "status" in answer && answer.status < 500 && answer.status !== 429;
    if (isFinal || attempt >= request.attempts) return answer;
    await sleep(pause * attempt);
  }
}

async function send({ url, method = "GET", headers = {} }: MetadataRequest): Promise<MetadataAnswer | Unavailable> {
  const { request } = url.protocol === "https:" ? nodeHttps() : nodeHttp();
  const signal = AbortSignal.timeout(timeLimit);
  try {
    return await exchange(request(url, { method, headers, signal, agent: false } satisfies RequestOptions));
  } catch (error) {
    if (signal.aborted) return { reason: `${url.origin} did not answer within ${timeLimit} ms` };
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: `${url.origin} cannot be asked: ${code ?? message}` };
  }
}

function exchange(request: ClientRequest): Promise<MetadataAnswer> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > sizeLimit) response.destroy(new Error(`its answer has more than ${sizeLimit} bytes`));
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    request.end();
  });
}
