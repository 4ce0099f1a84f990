import type { StructureShape } from "../schema/shapes.js";
import type { StreamingBody } from "../streams/types.js";
import { joinBytes } from "../text/bytes.js";

/** An output whose streaming body is read, up to `most` bytes; the rest is discarded. */
export async function bufferStreams({ members }: StructureShape, output: object, most: number): Promise<object> {
  for (const [name, member] of Object.entries(members)) {
    if (!("type" in member) || member.type !== "blob" || !member.streaming) continue;
    const body = (output as Readonly<Record<string, unknown>>)[name] as StreamingBody | undefined;
    return body === undefined ? output : { ...output, [name]: await firstBytes(body, most) };
  }
  return output;
}

async function firstBytes(body: StreamingBody, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= most) break;
  }
  return joinBytes(chunks).slice(0, most);
}
