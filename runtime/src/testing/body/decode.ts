import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Operation } from "../../schema/service.js";
import { RejectionError } from "../rejection.js";
import { signedEvents } from "../../signing/sign-event.js";
import { hasFeature } from "../features.js";
import { headerOf } from "../protocols/http/headers.js";
import type { CompleteRequest } from "../receive.js";
import { decodeChunks } from "./aws-chunked.js";
import { checksumAlgorithm, type DeclaredChecksum, verifyChecksums } from "./checksums.js";
import { ChunkSignatures, type SigningSeed } from "./chunk-signatures.js";

/**
 * The body as the operation's input has it: without the frames of `aws-chunked`, with its checksums and signatures
 * verified, and decompressed. Undefined if there is nothing to do.
 *
 * @param seed the signature of the request, if it has one
 */
export function decodeBody(
  request: CompleteRequest,
  operation: Operation,
  seed: SigningSeed | undefined,
): AsyncIterable<Uint8Array> | undefined {
  const source = request.source ?? oneChunk(request.body);
  const encodings = listOf(headerOf(request, "content-encoding"));
  const declaredHash = headerOf(request, "x-amz-content-sha256") ?? "";
  const isChunked = isStreamingHash(declaredHash) || encodings.includes("aws-chunked");
  let trailers: ReadonlyMap<string, string> = new Map();
  const announced = isChunked ? listOf(headerOf(request, "x-amz-trailer")) : [];
  const unknown = announced.find((name) => checksumAlgorithm(name) === undefined);
  if (unknown !== undefined) {
    throw new RejectionError(
      "InvalidRequest",
      400,
      `The value ${unknown} of the header x-amz-trailer is not supported`,
    );
  }
  const checksums = [
    ...inHeaders(request, operation, isChunked),
    ...announced.flatMap((name) => declared(name, () => trailers.get(name))),
  ];
  const isCompressed = isCompressedBy(request, operation, encodings);
  if (!isChunked && !isCompressed && checksums.length === 0) return request.source;

  let body = source;
  if (isChunked) {
    const length = headerOf(request, "x-amz-decoded-content-length");
    const isSigned = signedChunks.includes(declaredHash);
    body = decodeChunks(source, {
      decodedLength: length === undefined ? undefined : Number(length),
      signatures: isSigned && seed ? new ChunkSignatures(seed) : undefined,
      trailers: announced,
      onTrailers: (received) => (trailers = received),
    });
  }
  if (checksums.length > 0) body = verifyChecksums(body, checksums);
  return isCompressed ? decompress(body) : body;
}

/** The body is compressed by the client itself, as opposed to its caller. */
function isCompressedBy(
  { source, body }: CompleteRequest,
  operation: Operation,
  encodings: readonly string[],
): boolean {
  const hasBody = source !== undefined || body.byteLength > 0;
  return hasBody && encodings.at(-1) === "gzip" && hasFeature(operation, "request-compression");
}

/** The header `content-encoding` of the decoded body, as the caller of the client set it. */
export function remainingEncoding(request: CompleteRequest, operation: Operation): string | undefined {
  const header = headerOf(request, "content-encoding");
  const items = header?.split(",").map((item) => item.trim()) ?? [];
  const isCompressed = isCompressedBy(request, operation, listOf(header));
  const remaining = (isCompressed ? items.slice(0, -1) : items).filter((item) => item.toLowerCase() !== "aws-chunked");
  return remaining.length === 0 ? undefined : remaining.join(", ");
}

async function* decompress(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined, undefined> {
  try {
    yield* pipeline(Readable.from(body), createGunzip(), () => {}) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof RejectionError) throw error;
    throw new RejectionError("SerializationException", 400, "The body is not compressed with gzip");
  }
  return undefined;
}

const signedChunks = ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"];
const streamingHashes = ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", ...signedChunks];

/**
 * Whether the body is aws-chunked. Signed events have a form of their own.
 *
 * @throws RejectionError for another form, such as chunks with signatures of version 4A
 */
function isStreamingHash(hash: string): boolean {
  if (!hash.startsWith("STREAMING-") || hash === signedEvents) return false;
  if (streamingHashes.includes(hash)) return true;
  const message = `x-amz-content-sha256 is ${hash}, but the local service supports ${streamingHashes.join(", ")}`;
  throw new RejectionError("InvalidArgument", 400, message);
}

/** The headers of a streamed body include its SHA-256; that of a buffered one was compared with the signature. */
function inHeaders(request: CompleteRequest, operation: Operation, isChunked: boolean): DeclaredChecksum[] {
  const checksums: DeclaredChecksum[] = [];
  const hash = headerOf(request, "x-amz-content-sha256");
  if (request.source && hash !== undefined && /^[\da-f]{64}$/.test(hash)) {
    const name = "x-amz-content-sha256";
    checksums.push({ name, algorithm: "SHA256", error: "XAmzContentSHA256Mismatch", value: () => hash });
  }
  const md5 = headerOf(request, "content-md5");
  if (md5 !== undefined && !isChunked) {
    checksums.push({ name: "content-md5", algorithm: "MD5", error: "BadDigest", value: () => md5 });
  }
  // Other operations have checksums of something else in such headers: CompleteMultipartUpload of the object.
  if (hasFeature(operation, "request-checksum") || hasFeature(operation, "trailing-checksum")) {
    for (const name of Object.keys(request.headers)) {
      checksums.push(...declared(name, () => headerOf(request, name)));
    }
  }
  return checksums;
}

function declared(name: string, value: DeclaredChecksum["value"]): DeclaredChecksum[] {
  const algorithm = checksumAlgorithm(name);
  return algorithm === undefined ? [] : [{ name, algorithm, error: "BadDigest", value }];
}

function listOf(header: string | undefined): string[] {
  const items = header?.split(",").map((item) => item.trim().toLowerCase()) ?? [];
  return items.filter((item) => item !== "");
}

async function* oneChunk(body: Uint8Array): AsyncGenerator<Uint8Array, undefined, undefined> {
  if (body.byteLength > 0) yield await Promise.resolve(body);
  return undefined;
}
