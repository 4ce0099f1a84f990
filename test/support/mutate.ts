/** A sequence of numbers from 0 to below 1 that is the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Bytes with up to three mutations: one bit flipped or byte replaced, a piece removed, repeated, or inserted from `pieces` or from
 * another position.
 */
export function mutate(bytes: Uint8Array, pieces: readonly Uint8Array[], random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  let result = bytes;
  for (let count = 1 + below(3); count > 0; count--) {
    const at = below(result.byteLength + 1);
    const before = result.subarray(0, at);
    const length = below(12);
    const after = result.subarray(at);
    switch (below(6)) {
      case 0:
        result = joined(before, [(after[0] ?? 0) ^ (1 << below(8))], after.subarray(1));
        break;
      case 1:
        result = joined(before, [below(256)], after.subarray(1));
        break;
      case 2:
        result = joined(before, after.subarray(length));
        break;
      case 3:
        result = joined(before, after.subarray(0, length), after);
        break;
      case 4: {
        const from = below(result.byteLength);
        result = joined(before, result.subarray(from, from + length), after);
        break;
      }
      default:
        result = joined(before, pieces[below(pieces.length)] ?? [], after);
    }
  }
  return result;
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
