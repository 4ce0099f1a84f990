/** Checksums that are known only after a body was sent. Loaded by the first request that has one. */
import type { ProtocolRequest } from "../schema/service.js";
import type { RequestBody } from "../schema/http.js";
import { encodeBase64, joinBytes } from "../text/bytes.js";
import { inChunks } from "./chunks.js";
import { runningChecksum } from "./running.js";
import type { RunningChecksum } from "./types.js";

/** Services reject chunks of less than 8 KiB, except the last one. */
const chunkSize = 65_536;

const encoder = new TextEncoder();
const lineEnd = encoder.encode("\r\n");

/**
 * The message with its body framed in chunks, followed by the checksum. Its headers declare this, and the length of the
 * body without the frames.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function addTrailer(
  message: ProtocolRequest,
  body: RequestBody,
  name: string,
  algorithm: string,
): Promise<ProtocolRequest> {
  const stream = new TrailedBody(body, name, await runningChecksum(algorithm));
  const encoding = message.headers["content-encoding"];
  return {
    ...message,
    stream,
    headers: {
      ...message.headers,
      "content-encoding": encoding ? `${encoding},aws-chunked` : "aws-chunked",
      ...(body.length !== undefined && {
        "content-length": String(stream.length),
        "x-amz-decoded-content-length": String(body.length),
      }),
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-trailer": name,
    },
  };
}

class TrailedBody implements RequestBody {
  readonly length: number | undefined;
  readonly #body: RequestBody;
  readonly #name: string;
  readonly #begin: () => RunningChecksum;

  constructor(body: RequestBody, name: string, begin: () => RunningChecksum) {
    this.#body = body;
    this.#name = name;
    this.#begin = begin;
    this.length = body.length === undefined ? undefined : framedLength(body.length) + this.#trailer().byteLength;
  }

  get isRepeatable(): boolean {
    return this.#body.isRepeatable;
  }

  get isSpent(): boolean {
    return this.#body.isSpent;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, undefined, undefined> {
    const checksum = this.#begin();
    let length = 0;
    for await (const chunk of inChunks(this.#body, chunkSize)) {
      checksum.update(chunk);
      length += chunk.byteLength;
      yield joinBytes([frame(chunk.byteLength), chunk, lineEnd]);
    }
    const announced = this.#body.length ?? length;
    if (length !== announced) throw new Error(`it returned ${length} bytes, but ${announced} are announced`);
    yield this.#trailer(checksum);
    return undefined;
  }

  /** The trailer; its length is the same for every body. */
  #trailer(checksum = this.#begin()): Uint8Array {
    return encoder.encode(`0\r\n${this.#name}:${encodeBase64(checksum.digest())}\r\n\r\n`);
  }
}

function frame(length: number): Uint8Array {
  return encoder.encode(`${length.toString(16)}\r\n`);
}

function framedLength(length: number): number {
  const framed = (size: number): number => frame(size).byteLength + size + lineEnd.byteLength;
  const rest = length % chunkSize;
  return ((length - rest) / chunkSize) * framed(chunkSize) + (rest > 0 ? framed(rest) : 0);
}
