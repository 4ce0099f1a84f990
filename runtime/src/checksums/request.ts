/** Checksums of requests. Loaded by the first operation that has one. */
import { ConfigurationError } from "../errors/setup.js";
import type { ProtocolRequest } from "../protocols/protocol.js";
import type { Operation, RequestChecksum } from "../schema/operation.js";
import { getOwn } from "../schema/values.js";
import { encodeBase64 } from "../text/bytes.js";
import { crc32, polynomials } from "./crc32.js";
import { digest } from "./digest.js";

const algorithms: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>>> = {
  CRC32: (bytes) => crc32(bytes, polynomials.CRC32),
  CRC32C: (bytes) => crc32(bytes, polynomials.CRC32C),
  CRC64NVME: async (bytes) => (await import("./crc64.js")).crc64(bytes),
  MD5: (bytes) => digest("MD5", bytes),
  SHA1: (bytes) => digest("SHA1", bytes),
  SHA256: (bytes) => digest("SHA256", bytes),
  SHA512: (bytes) => digest("SHA512", bytes),
};

/** What the AWS SDKs take where the caller names none. */
const defaultAlgorithm = "CRC32";

const checksumHeader = /^x-amz-checksum-(?!type$|algorithm$|mode$)/;

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
  if (checksum === "md5" ? given.includes("content-md5") : given.some((name) => checksumHeader.test(name))) {
    return message;
  }
  const body = typeof message.body === "string" ? new TextEncoder().encode(message.body) : message.body;
  const bytes = body ?? new Uint8Array();
  if (checksum === "md5") return withHeaders(message, { "content-md5": encodeBase64(await digest("MD5", bytes)) });
  const { algorithmMember } = checksum;
  const asked = algorithmMember === undefined ? undefined : getOwn(input as Record<string, unknown>, algorithmMember);
  const algorithm = typeof asked === "string" ? asked : defaultAlgorithm;
  const make = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  if (!make) {
    throw new ConfigurationError(
      `${operation.name}: the checksum algorithm ${algorithm} is not available; use ${Object.keys(algorithms).join(", ")}.`,
    );
  }
  return withHeaders(message, {
    [`x-amz-checksum-${algorithm.toLowerCase()}`]: encodeBase64(await make(bytes)),
    ...(algorithmMember !== undefined && algorithmHeader(operation, algorithmMember, algorithm)),
  });
}

/** The member of the algorithm, where it goes into a header, names the one that was taken by default too. */
function algorithmHeader({ input }: Operation, member: string, algorithm: string): Record<string, string> {
  const header = input.members[member]?.httpHeader;
  return header === undefined ? {} : { [header.toLowerCase()]: algorithm };
}

function withHeaders(message: ProtocolRequest, headers: Readonly<Record<string, string>>): ProtocolRequest {
  return { ...message, headers: { ...message.headers, ...headers } };
}
