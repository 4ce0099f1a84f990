import { RejectionError } from "../rejection.js";
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
 * @throws RejectionError (while reading) for a body that is cut off, has another length than declared, or lacks a trailer
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeChunks(
  source: AsyncIterable<Uint8Array>,
  { decodedLength, signatures, trailers, onTrailers }: ChunkedBody,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const reader = new ByteReader(source);
  try {
    const total = yield* readChunks(reader, signatures);
    if (decodedLength !== undefined && total !== decodedLength) {
      throw incomplete(`${total} bytes, but x-amz-decoded-content-length is ${decodedLength}`);
    }
    onTrailers(await readTrailers(reader, trailers, signatures));
  } finally {
    await reader.cancel();
  }
  return undefined;
}

/** The bytes of all chunks. Returns their number. */
async function* readChunks(
  reader: ByteReader,
  signatures: ChunkSignatures | undefined,
): AsyncGenerator<Uint8Array, number, undefined> {
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
  return total;
}

const signatureName = "x-amz-trailer-signature";

function malformed(message: string): RejectionError {
  return new RejectionError("MalformedTrailerError", 400, message);
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
    const [given = "", value = ""] = line.split(/:(.*)/s);
    const name = given.toLowerCase();
    if (trailers.has(name)) throw malformed(`The body has the trailer ${name} twice`);
    if (!announced.includes(name) && name !== signatureName) {
      throw malformed(`The body has the trailer ${name}, which x-amz-trailer does not announce`);
    }
    trailers.set(name, value.trim());
  }
  const signature = trailers.get(signatureName);
  trailers.delete(signatureName);
  const missing = announced.find((name) => !trailers.has(name));
  if (missing !== undefined) throw malformed(`x-amz-trailer announces ${missing}, which is not in the body`);
  if (signatures && announced.length > 0) {
    signatures.verifyTrailer([...trailers].map(([name, value]) => `${name}:${value}\n`).join(""), signature);
  }
  return trailers;
}
