import { joinBytes } from "../text/bytes.js";

/** The same bytes in chunks of one size. The last one may be shorter; empty bytes are no chunk. */
export async function* inChunks(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const part of parts) {
    let rest = part;
    while (length + rest.byteLength >= size) {
      const taken = rest.subarray(0, size - length);
      yield joinBytes([...held, taken]);
      rest = rest.subarray(taken.byteLength);
      held = [];
      length = 0;
    }
    if (rest.byteLength > 0) held.push(rest);
    length += rest.byteLength;
  }
  if (length > 0) yield joinBytes(held);
  return undefined;
}
