import type { ReceivedRequest } from "../signing/verify.js";
import { RejectionError } from "./rejection.js";
import type { HttpMessage } from "./listener.js";

/** Max bytes of a body that are kept. Longer bodies are read to their end, so that a response can be sent. */
export const maxBodyLength = 16 * 1024 * 1024;

export function tooLong(): RejectionError {
  return new RejectionError("RequestEntityTooLargeException", 413, `The body is longer than ${maxBodyLength} bytes`);
}

/** A request as it was received. */
export interface CompleteRequest extends ReceivedRequest {
  /** Empty if the body is streamed. */
  readonly body: Uint8Array;
  /** The body was longer than `maxBodyLength`; the rest is not kept. */
  readonly tooLong: boolean;
  /** The body of an operation with a streaming input, which the handler reads. */
  readonly source: AsyncIterable<Uint8Array> | undefined;
}

/** Everything before the body. In HTTP/2, method, path and host are headers of their own kind. */
export function headOf({ method = "GET", url = "/", headers }: HttpMessage): ReceivedRequest {
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? "" : url.slice(mark + 1);
  const { ":authority": authority } = headers;
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  const host = headers.host === undefined && authority !== undefined && { host: authority };
  return { method, path, query, headers: { ...Object.fromEntries(own), ...host } };
}

/** Reads the body of a request; undefined if the client disconnects earlier. */
export async function receive(head: ReceivedRequest, message: HttpMessage): Promise<CompleteRequest | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of bodyOf(message)) {
      length += chunk.byteLength;
      if (length <= maxBodyLength) chunks.push(chunk);
    }
  } catch (error) {
    if (!message.complete) return undefined;
    throw error;
  }
  return { ...head, body: Buffer.concat(chunks), tooLong: length > maxBodyLength, source: undefined };
}

/** A request whose body is read later. */
export function receiveStreamed(head: ReceivedRequest, message: HttpMessage): CompleteRequest {
  return { ...head, body: new Uint8Array(), tooLong: false, source: bodyOf(message) };
}

/** A body of which not all is read leaves its connection open, for the response. */
function bodyOf(message: HttpMessage): AsyncIterable<Uint8Array> {
  return message.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}
