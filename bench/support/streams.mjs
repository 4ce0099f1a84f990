// Bodies that are sent and read chunk by chunk.

/** @import { Scenario } from "./types.d.ts" */

/** Called with the bytes of each chunk before the next one is taken. @type {((bytes: number) => Promise<void>) | undefined} */
let watch;

/** @param {typeof watch} watcher */
export function watchChunks(watcher) {
  watch = watcher;
}

/** @param {NonNullable<Scenario["sends"]>} sends */
export async function* chunksOf({ chunk, chunks }) {
  const bytes = Buffer.alloc(chunk, "x");
  for (let index = 0; index < chunks; index++) {
    yield bytes;
    if (watch) await watch(chunk);
  }
}

/** @param {AsyncIterable<Uint8Array>} stream */
export async function readChunks(stream) {
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (watch) await watch(chunk.byteLength);
  }
  if (length === 0) throw new Error("the body is empty");
}
