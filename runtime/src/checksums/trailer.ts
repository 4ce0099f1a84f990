/** Checksums that are known only after a body was sent. Loaded by the first request that has one. */
import type { ProtocolRequest } from "../schema/service.js";
import type { RequestBody } from "../schema/http.js";
import { encodeBase64 } from "../text/bytes.js";
import { framedLength, inFrames } from "./frames.js";
import { runningChecksum } from "./running.js";
import type { RunningChecksum } from "./types.js";

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
    this.length = body.length === undefined ? undefined : framedLength(body.length, this.#trailer(begin()));
  }

  get isRepeatable(): boolean {
    return this.#body.isRepeatable;
  }

  get isConsumed(): boolean {
    return this.#body.isConsumed;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, undefined, undefined> {
    const checksum = this.#begin();
    return inFrames(this.#summed(checksum), this.#body.length, () => this.#trailer(checksum));
  }

  /** The body, which updates the checksum as it is read. */
  async *#summed(checksum: RunningChecksum): AsyncGenerator<Uint8Array, undefined, undefined> {
    const { length: announced = Number.POSITIVE_INFINITY } = this.#body;
    let length = 0;
    for await (const part of this.#body) {
      length += part.byteLength;
      if (length > announced) throw new Error(`it returned at least ${length} bytes, but ${announced} are announced`);
      checksum.update(part);
      yield part;
    }
    if (length < announced && this.#body.length !== undefined) {
      throw new Error(`it returned ${length} bytes, but ${announced} are announced`);
    }
    return undefined;
  }

  /** The trailer; its length is the same for every body. */
  #trailer(checksum: RunningChecksum): string {
    return `${this.#name}:${encodeBase64(checksum.digest())}\r\n\r\n`;
  }
}
