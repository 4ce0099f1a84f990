import { hashTree } from "../checksums/tree-hash.js";
import type { Operation, ProtocolRequest } from "../schema/service.js";
import type { Feature } from "./feature.js";
import { bytesOf, checkRepeatable, withHeaders } from "./support/message.js";

const header = "x-amz-sha256-tree-hash";

/**
 * Amazon S3 Glacier: uploads carry the root of a tree of SHA-256 hashes over each mebibyte, unless the caller provides
 * it.
 *
 * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html
 */
export function treeHash(): Feature {
  return { name: "tree-hash", message: (message, _input, { operation }) => addTreeHash(operation, message) };
}

/** The message with its tree hash; a message without a body has none. */
export async function addTreeHash(operation: Operation, message: ProtocolRequest): Promise<ProtocolRequest> {
  if (header in message.headers) return message;
  if (message.stream) checkRepeatable(operation, message.stream);
  else if (message.body === undefined) return message;
  const { hash, tree } = await hashTree(message.stream ?? bytesOf(message));
  return withHeaders(message, { "x-amz-content-sha256": hash, [header]: tree });
}
