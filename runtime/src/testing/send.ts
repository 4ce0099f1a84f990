import { once } from "node:events";
import { sleep } from "../signals/sleep.js";
import type { Cut } from "./faults.js";
import type { LocalConnection, OutgoingResponse } from "./listener.js";
import type { ServerResponse } from "./protocols/protocol.js";

/** Milliseconds for the client to read what was sent before a reset, which discards unread data. */
const readTime = 20;

interface Recipient {
  readonly http: OutgoingResponse;
  readonly connection: LocalConnection;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** Sends a response, or the part of it before a cut. */
export async function send(
  to: Recipient,
  { status, headers, body }: ServerResponse,
  cut: Cut | undefined,
): Promise<void> {
  const { http } = to;
  http.statusCode = status;
  for (const [name, value] of Object.entries(headers)) http.setHeader(name, value);
  if (typeof body === "object" && Symbol.asyncIterator in body) await sendStream(to, body, cut);
  else await sendBuffered(to, typeof body === "string" ? Buffer.from(body) : body, cut);
  if (cut) await breakOff(to, cut);
}

async function sendBuffered({ http, connection }: Recipient, bytes: Uint8Array, cut: Cut | undefined): Promise<void> {
  // A response that is cut in its body must announce one, even if it is empty.
  const length = cut ? Math.max(bytes.byteLength, 1) : bytes.byteLength;
  if (!http.hasHeader("content-length")) http.setHeader("content-length", length);
  if (!cut) {
    http.end(bytes);
    return;
  }
  if (cut.at !== "before-headers") connection.flushHeaders();
  if (cut.at === "mid-body") http.write(bytes.subarray(0, Math.floor(bytes.byteLength / 2)));
  await Promise.resolve();
}

/** Sends each chunk when the socket has room for it. A body that fails resets the connection. */
async function sendStream(
  { http, connection, signal }: Recipient,
  body: AsyncIterable<Uint8Array>,
  cut: Cut | undefined,
): Promise<void> {
  if (cut?.at === "before-headers") return;
  if (!http.hasHeader("content-length") && "length" in body && typeof body.length === "number") {
    http.setHeader("content-length", body.length);
  }
  connection.flushHeaders();
  if (cut?.at === "after-headers") return;
  try {
    for await (const part of body) {
      if (signal.aborted) return;
      if (!http.write(part)) await once(http, "drain", { signal });
      if (cut) return;
    }
  } catch (error) {
    if (signal.aborted) return;
    connection.reset();
    throw error;
  }
  http.end();
}

async function breakOff({ connection, signal }: Recipient, cut: Cut): Promise<void> {
  if (cut.by === "stall") return;
  if (cut.by === "end") {
    connection.end();
    return;
  }
  if (cut.at !== "before-headers") await sleep(readTime, signal);
  connection.reset();
}
