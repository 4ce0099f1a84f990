import { digest, runningDigest } from "../checksums/digest.js";
import type { Operation, ProtocolRequest } from "../schema/service.js";
import type { RequestBody } from "../schema/http.js";
import { encodeBase64 } from "../text/bytes.js";
import type { Feature } from "./feature.js";
import { bytesOf, checkRepeatable, withHeaders } from "./support/message.js";

const header = "content-md5";

/**
 * `smithy.api#httpChecksumRequired`: requests carry the MD5 of their body in `Content-MD5`, unless the caller provides
 * it.
 *
 * @see https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait
 */
export function contentMd5(): Feature {
  return { name: "content-md5", message: (message, _input, { operation }) => addContentMd5(operation, message) };
}

export async function addContentMd5(operation: Operation, message: ProtocolRequest): Promise<ProtocolRequest> {
  if (header in message.headers) return message;
  const value = message.stream ? await readMd5(operation, message.stream) : await digest("MD5", bytesOf(message));
  return withHeaders(message, { [header]: encodeBase64(value) });
}

async function readMd5(operation: Operation, body: RequestBody): Promise<Uint8Array> {
  checkRepeatable(operation, body);
  const checksum = runningDigest("MD5");
  for await (const part of body) checksum.update(part);
  return checksum.digest();
}
