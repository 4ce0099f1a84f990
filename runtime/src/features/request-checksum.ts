import { crc32, polynomials } from "../checksums/crc32.js";
import { digest } from "../checksums/digest.js";
import { ConfigurationError } from "../errors/client.js";
import type { Operation, ProtocolRequest } from "../schema/service.js";
import type { RequestBody } from "../streams/request-stream.js";
import { getOwn } from "../schema/values.js";
import { encodeBase64 } from "../text/bytes.js";
import type { Feature } from "./feature.js";
import { bytesOf, withHeaders } from "./support/message.js";

export interface RequestChecksumData {
  /** `requestAlgorithmMember`: the input member that names the algorithm. */
  readonly algorithmMember?: string;
}

type AddTrailer = (
  message: ProtocolRequest,
  body: RequestBody,
  header: string,
  algorithm: string,
) => Promise<ProtocolRequest>;

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

/**
 * `aws.protocols#httpChecksum`: requests carry a checksum of their body, by the algorithm that the caller chooses or by
 * CRC-32, unless the caller gives a checksum.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
 */
export function requestChecksum(data: RequestChecksumData = {}): Feature {
  return {
    name: "request-checksum",
    data,
    message: (message, input, { operation }) => addRequestChecksum(data, operation, input, message),
  };
}

/** The message with a checksum of its body, unless it has one already, of any algorithm. */
export function addRequestChecksum(
  { algorithmMember }: RequestChecksumData,
  operation: Operation,
  input: object,
  message: ProtocolRequest,
  addTrailer?: AddTrailer,
): ProtocolRequest | Promise<ProtocolRequest> {
  for (const name in message.headers) if (isChecksum(name)) return message;
  const asked = algorithmMember === undefined ? undefined : getOwn(input as Record<string, unknown>, algorithmMember);
  const algorithm = typeof asked === "string" ? asked : defaultAlgorithm;
  const make = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  if (!make) {
    throw new ConfigurationError(
      `${operation.name}: the checksum algorithm ${algorithm} is not available; use ${Object.keys(algorithms).join(", ")}.`,
    );
  }
  const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
  const named = algorithmMember === undefined ? {} : algorithmHeader(operation, algorithmMember, algorithm);
  if (message.stream && addTrailer) return addTrailer(withHeaders(message, named), message.stream, header, algorithm);
  const made = make(bytesOf(message));
  const add = (checksum: Uint8Array): ProtocolRequest =>
    withHeaders(message, { [header]: encodeBase64(checksum), ...named });
  return made instanceof Promise ? made.then(add) : add(made);
}

function isChecksum(header: string): boolean {
  return header.startsWith("x-amz-checksum-") && !/-(type|algorithm|mode)$/.test(header);
}

/** The header that the algorithm's member is bound to names the default algorithm, too. */
function algorithmHeader({ input }: Operation, member: string, algorithm: string): Record<string, string> {
  const header = input.members[member]?.httpHeader;
  return header === undefined ? {} : { [header.toLowerCase()]: algorithm };
}
