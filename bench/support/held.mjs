// Bytes that a process uses while it moves a body.
import { watchChunks } from "./streams.mjs";

/** Bytes moved between two samples. */
const step = 4_000_000;

/** Bytes in use, outside of the heap too. What a first collection finalizes, a second one frees. Needs --expose-gc. */
export async function inUse() {
  for (let count = 0; count < 2; count++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * What is in use in the middle of a call beyond what was in use before it: the samples.
 *
 * @param {() => Promise<unknown>} call
 */
export async function heldDuring(call) {
  /** @type {number[]} */
  const samples = [];
  let moved = 0;
  const before = await inUse();
  watchChunks(async (bytes) => {
    if (Math.floor(moved / step) < Math.floor((moved + bytes) / step)) samples.push((await inUse()) - before);
    moved += bytes;
  });
  await call();
  watchChunks(undefined);
  return samples;
}
