import { addTrailer } from "../checksums/trailer.js";
import { ConfigurationError } from "../errors/client.js";
import type { ProtocolRequest } from "../schema/service.js";
import { getOwn } from "../schema/values.js";
import type { Call } from "./context.js";
import type { Feature } from "./feature.js";
import { addWantedChecksum, type RequestChecksumData } from "./request-checksum.js";
import { hasChecksum } from "./support/message.js";

/**
 * `aws.protocols#httpChecksum` of an operation with a streaming body: as `requestChecksum`, and the checksum of a
 * stream follows it as a trailer.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
 */
export function trailingChecksum(data: RequestChecksumData = {}): Feature {
  return {
    name: "trailing-checksum",
    data,
    message: (message, input, call) =>
      call.isPresigned && message.body === undefined && !message.stream
        ? withOpenBody(data, call, input, message)
        : addWantedChecksum(data, call, input, message, addTrailer),
  };
}

/** The sender of a presigned request chooses its body, so that the checksum is not known. */
function withOpenBody(
  { algorithmMember = "" }: RequestChecksumData,
  { operation }: Call,
  input: object,
  message: ProtocolRequest,
): ProtocolRequest {
  const algorithm = getOwn(input as Record<string, unknown>, algorithmMember);
  if (algorithm === undefined || hasChecksum(message)) return message;
  throw new ConfigurationError(
    `${operation.name} is presigned without its body, whose ${String(algorithm)} checksum is therefore not known. Leave out ${algorithmMember}, or pass the body or its checksum.`,
  );
}
