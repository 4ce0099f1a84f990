import { Refusal } from "../failure.js";
import { ByteReader, incomplete } from "./byte-reader.js";
import type { ChunkSignatures } from "./chunk-signatures.js";

export interface ChunkedBody {
  /** `x-amz-decoded-content-length`. */
  readonly decodedLength: number | undefined;
  /** Verifies signed chunks. */
  readonly signatures: ChunkSignatures | undefined;
  /** Names in `x-amz-trailer`. */
  readonly trailers: readonly string[];
  /** Receives the trailers after the last byte. */
  readonly onTrailers: (trailers: ReadonlyMap<string, string>) => void;
}

/**
 * Decodes a body with the content encoding `aws-chunked`.
 *
 * @throws Refusal (while reading) for a body that is cut off, has another length than declared, or lacks a trailer
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeChunks(
  source: AsyncIterable<Uint8Array>,
  { decodedLength, signatures, trailers, onTrailers }: ChunkedBody,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const reader = new ByteReader(source);
  let total = 0;
  for (let size = -1; size !== 0;) {
    const header = await reader.line();
    const [, digits, signature] = /^([\da-fA-F]+)(?:;chunk-signature=([\da-f]+))?$/.exec(header) ?? [];
    if (digits === undefined) throw incomplete(`the line ${JSON.stringify(header.slice(0, 100))} in place of a chunk`);
    size = Number.parseInt(digits, 16);
    const signed = signatures?.chunk();
    for await (const part of reader.take(size)) {
      signed?.update(part);
      total += part.byteLength;
      yield part;
    }
    signed?.verify(signature);
    if (size > 0 && (await reader.line()) !== "") throw incomplete("a chunk that is longer than declared");
  }
  onTrailers(await readTrailers(reader, trailers, signatures));
  if (decodedLength !== undefined && total !== decodedLength) {
    throw incomplete(`${total} bytes, but x-amz-decoded-content-length is ${decodedLength}`);
  }
  return undefined;
}

async function readTrailers(
  reader: ByteReader,
  announced: readonly string[],
  signatures: ChunkSignatures | undefined,
): Promise<ReadonlyMap<string, string>> {
  const trailers = new Map<string, string>();
  while (!(await reader.isAtEnd())) {
    const line = await reader.line();
    if (line === "") continue;
    const [name = "", value = ""] = line.split(/:(.*)/s);
    trailers.set(name.toLowerCase(), value.trim());
  }
  const signature = trailers.get("x-amz-trailer-signature");
  trailers.delete("x-amz-trailer-signature");
  const missing = announced.find((name) => !trailers.has(name));
  if (missing !== undefined) {
    throw new Refusal("MalformedTrailerError", 400, `x-amz-trailer announces ${missing}, which is not in the body`);
  }
  if (signatures && announced.length > 0) {
    signatures.verifyTrailer([...trailers].map(([name, value]) => `${name}:${value}\n`).join(""), signature);
  }
  return trailers;
}
