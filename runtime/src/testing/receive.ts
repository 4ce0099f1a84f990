import type { IncomingMessage } from "node:http";
import type { ReceivedRequest } from "../signing/verify.js";

/** Max bytes of a body that are kept. Longer bodies are read to their end, so that a response can be sent. */
export const maxBodyLength = 16 * 1024 * 1024;

export interface WholeRequest extends ReceivedRequest {
  readonly body: Uint8Array;
  /** The body was longer than `maxBodyLength`; the rest is not kept. */
  readonly tooLong: boolean;
}

/** Reads a whole request; undefined if the client disconnects earlier. */
export async function receive(message: IncomingMessage): Promise<WholeRequest | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of message as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length <= maxBodyLength) chunks.push(chunk);
    }
  } catch (error) {
    if (!message.complete) return undefined;
    throw error;
  }
  const { method = "GET", url = "/", headers } = message;
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? "" : url.slice(mark + 1);
  return { method, path, query, headers, body: Buffer.concat(chunks), tooLong: length > maxBodyLength };
}
