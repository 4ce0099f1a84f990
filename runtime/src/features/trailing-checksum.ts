import { addTrailer } from "../checksums/trailer.js";
import type { Feature } from "./feature.js";
import { addWantedChecksum, type RequestChecksumData } from "./request-checksum.js";

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
    message: (message, input, call) => addWantedChecksum(data, call, input, message, addTrailer),
  };
}
