import { crc32, polynomials } from "../checksums/crc32.js";
import { digest } from "../checksums/digest.js";
import type { ClientConfig } from "../config/client-config.js";
import { ConfigurationError } from "../errors/client.js";
import type { Operation, ProtocolRequest } from "../schema/service.js";
import type { RequestBody } from "../schema/http.js";
import { getOwn } from "../schema/values.js";
import { encodeBase64 } from "../text/bytes.js";
import type { Call } from "./context.js";
import type { Feature } from "./feature.js";
import { bytesOf, hasChecksum, withHeaders } from "./support/message.js";

export interface RequestChecksumData {
  /** `requestAlgorithmMember`: the input member that names the algorithm. */
  readonly algorithmMember?: string;
  /**
   * The inverse of `requestChecksumRequired`: with `requestChecksumCalculation: "WHEN_REQUIRED"` no checksum is sent,
   * unless the input names an algorithm.
   */
  readonly optional?: true;
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

/** The default algorithm of the AWS SDKs. */
const defaultAlgorithm = "CRC32";

/**
 * `aws.protocols#httpChecksum`: requests carry a checksum of their body, by the algorithm that the caller chooses or by
 * CRC-32, unless the caller provides a checksum.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
 */
export function requestChecksum(data: RequestChecksumData = {}): Feature {
  return {
    name: "request-checksum",
    data,
    message: (message, input, call) => addWantedChecksum(data, call, input, message),
  };
}

/** As {@link addRequestChecksum}, unless the caller or the client's configuration omits the checksum. */
export function addWantedChecksum(
  data: RequestChecksumData,
  { client, operation }: Pick<Call, "client" | "operation">,
  input: object,
  message: ProtocolRequest,
  addTrailer?: AddTrailer,
): ProtocolRequest | Promise<ProtocolRequest> {
  const add = (): ProtocolRequest | Promise<ProtocolRequest> =>
    addRequestChecksum(data, operation, input, message, addTrailer);
  if (algorithmOf(data, input) !== undefined) return add();
  // The caller's own MD5 is a checksum, too, and the only one that some servers support.
  if ("content-md5" in message.headers) return message;
  if (!data.optional) return add();
  const decide = ({ endpointParameters }: ClientConfig): ProtocolRequest | Promise<ProtocolRequest> =>
    endpointParameters["requestChecksumCalculation"] === "WHEN_REQUIRED" ? message : add();
  const config = client.config();
  return config instanceof Promise ? config.then(decide) : decide(config);
}

function algorithmOf({ algorithmMember }: RequestChecksumData, input: object): string | undefined {
  const requested =
    algorithmMember === undefined ? undefined : getOwn(input as Record<string, unknown>, algorithmMember);
  return typeof requested === "string" ? requested : undefined;
}

/** The message with a checksum of its body, unless it has one already, of any algorithm. */
export function addRequestChecksum(
  data: RequestChecksumData,
  operation: Operation,
  input: object,
  message: ProtocolRequest,
  addTrailer?: AddTrailer,
): ProtocolRequest | Promise<ProtocolRequest> {
  if (hasChecksum(message)) return message;
  const { algorithmMember } = data;
  const algorithm = algorithmOf(data, input) ?? defaultAlgorithm;
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

/** The header that the algorithm's member is bound to names the default algorithm, too. */
function algorithmHeader({ input }: Operation, member: string, algorithm: string): Record<string, string> {
  const header = input.members[member]?.httpHeader;
  return header === undefined ? {} : { [header.toLowerCase()]: algorithm };
}
