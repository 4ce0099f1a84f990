import type { MetadataBearer } from "../errors/base.js";
import type { EventStream } from "../event-streams/types.js";
import type { StructureShape } from "../schema/shapes.js";
import type { StreamingBody } from "../streams/types.js";
import { joinBytes } from "../text/bytes.js";

/**
 * An output whose streaming body or events are read, up to `most` bytes; the rest is discarded. Events become an array.
 */
export async function bufferStreams({ members }: StructureShape, output: object, most: number): Promise<object> {
  for (const [name, member] of Object.entries(members)) {
    if (!("streaming" in member)) continue;
    const stream = (output as Readonly<Record<string, unknown>>)[name];
    if (stream === undefined) return output;
    const read =
      member.type === "eventStream"
        ? await firstEvents(stream as EventStream<object>, output as MetadataBearer, most)
        : await firstBytes(stream as StreamingBody, most);
    return { ...output, [name]: read };
  }
  return output;
}

async function firstEvents(
  stream: EventStream<object>,
  { $metadata }: MetadataBearer,
  most: number,
): Promise<readonly object[]> {
  const events: object[] = [];
  // Leaving the loop cancels the rest.
  for await (const event of stream) {
    events.push(event);
    if (($metadata.events?.receivedBytes ?? 0) >= most) break;
  }
  return events;
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
