/** Checksums of requests. Loaded by the first operation that has one. */
import { ConfigurationError } from "../errors/client.js";
import type { ProtocolRequest, Operation, RequestChecksum } from "../schema/service.js";
import { getOwn } from "../schema/values.js";
import type { RequestBody } from "../streams/request-stream.js";
import { encodeBase64 } from "../text/bytes.js";
import { crc32, polynomials } from "../checksums/crc32.js";
import { digest, runningDigest } from "../checksums/digest.js";

const algorithms: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>>> = {
  CRC32: (bytes) => crc32(bytes, polynomials.CRC32),
  CRC32C: (bytes) => crc32(bytes, polynomials.CRC32C),
  CRC64NVME: async (bytes) => (await import("../checksums/crc64.js")).crc64(bytes),
  MD5: (bytes) => digest("MD5", bytes),
  SHA1: (bytes) => digest("SHA1", bytes),
  SHA256: (bytes) => digest("SHA256", bytes),
  SHA512: (bytes) => digest("SHA512", bytes),
};

/** What the AWS SDKs take where the caller names none. */
const defaultAlgorithm = "CRC32";

const treeHashHeader = "x-amz-sha256-tree-hash";
const headerOf = { md5: "content-md5", treeHash: treeHashHeader } as const;

function isChecksum(header: string): boolean {
  return /^x-amz-checksum-(?!type$|algorithm$|mode$)/.test(header);
}

/**
 * The message with a checksum of its body, unless the caller gave one of whatever algorithm.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
 * @see https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait
 */
export async function addChecksum(
  checksum: RequestChecksum,
  operation: Operation,
  input: object,
  message: ProtocolRequest,
): Promise<ProtocolRequest> {
  const given = Object.keys(message.headers);
  const isGiven = typeof checksum === "string" ? given.includes(headerOf[checksum]) : given.some(isChecksum);
  if (isGiven) return message;
  if (checksum === "treeHash") return addTreeHash(operation, message);
  if (checksum === "md5") {
    const value = message.stream ? await readMd5(operation, message.stream) : await digest("MD5", bytesOf(message));
    return withHeaders(message, { "content-md5": encodeBase64(value) });
  }
  const { algorithmMember } = checksum;
  const asked = algorithmMember === undefined ? undefined : getOwn(input as Record<string, unknown>, algorithmMember);
  const algorithm = typeof asked === "string" ? asked : defaultAlgorithm;
  const make = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  if (!make) {
    throw new ConfigurationError(
      `${operation.name}: the checksum algorithm ${algorithm} is not available; use ${Object.keys(algorithms).join(", ")}.`,
    );
  }
  const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
  const told = algorithmMember === undefined ? {} : algorithmHeader(operation, algorithmMember, algorithm);
  if (message.stream) {
    const { addTrailer } = await import("../checksums/trailer.js");
    return addTrailer(withHeaders(message, told), message.stream, name, algorithm);
  }
  return withHeaders(message, { [name]: encodeBase64(await make(bytesOf(message))), ...told });
}

function bytesOf({ body }: ProtocolRequest): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
}

/** What was read for its checksum has to be read again to be sent. */
function checkRepeatable({ name }: Operation, { isRepeatable }: RequestBody): void {
  if (isRepeatable) return;
  throw new ConfigurationError(
    `${name} sends a checksum before its body, which cannot be made of a stream that is read once: give bytes or a Blob, such as \`await fs.openAsBlob(path)\`, or the checksum itself.`,
  );
}

async function readMd5(operation: Operation, body: RequestBody): Promise<Uint8Array> {
  checkRepeatable(operation, body);
  const checksum = runningDigest("MD5");
  for await (const part of body) checksum.update(part);
  return checksum.digest();
}

/** An upload of nothing has none. */
async function addTreeHash(operation: Operation, message: ProtocolRequest): Promise<ProtocolRequest> {
  if (message.stream) checkRepeatable(operation, message.stream);
  else if (message.body === undefined) return message;
  const { hashTree } = await import("../checksums/tree-hash.js");
  const { whole, tree } = await hashTree(message.stream ?? bytesOf(message));
  return withHeaders(message, { "x-amz-content-sha256": whole, [treeHashHeader]: tree });
}

/** The member of the algorithm, where it goes into a header, names the one that was taken by default too. */
function algorithmHeader({ input }: Operation, member: string, algorithm: string): Record<string, string> {
  const header = input.members[member]?.httpHeader;
  return header === undefined ? {} : { [header.toLowerCase()]: algorithm };
}

function withHeaders(message: ProtocolRequest, headers: Readonly<Record<string, string>>): ProtocolRequest {
  return { ...message, headers: { ...message.headers, ...headers } };
}
