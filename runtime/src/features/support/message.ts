import { ConfigurationError } from "../../errors/client.js";
import type { Operation, ProtocolRequest } from "../../schema/service.js";
import type { HttpRequest, RequestBody } from "../../schema/http.js";

/** The body of a message without a stream. */
export function bytesOf({ body }: ProtocolRequest): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
}

export function withHeaders(message: ProtocolRequest, headers: Readonly<Record<string, string>>): ProtocolRequest {
  return { ...message, headers: Object.assign({}, message.headers, headers) };
}

/** The request, sent to another origin. */
export function sentTo(request: HttpRequest, origin: string): HttpRequest {
  return { ...request, origin, headers: { ...request.headers, host: origin.slice(origin.indexOf("//") + 2) } };
}

/** A body that was read for its checksum has to be read again to be sent. @throws ConfigurationError */
export function checkRepeatable({ name }: Operation, { isRepeatable }: RequestBody): void {
  if (isRepeatable) return;
  throw new ConfigurationError(
    `${name} sends a checksum before its body, which is impossible for a stream: pass bytes or a Blob, such as \`await fs.openAsBlob(path)\`, or the checksum itself.`,
  );
}

/** Whether a message has the checksum of its body, of any algorithm. */
export function hasChecksum({ headers }: ProtocolRequest): boolean {
  for (const name in headers) {
    if (name.startsWith("x-amz-checksum-") && !/-(type|algorithm|mode)$/.test(name)) return true;
  }
  return false;
}
