/**
 * fast-check with a seed that stays the same, so that runs of the same code have the same outcome. With another seed:
 * `FAST_CHECK_SEED=$RANDOM npx vitest run`.
 */
import { type Arbitrary, configureGlobal, nat } from "fast-check";

configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_260_101) });

export * from "fast-check";

const surrogates = { first: 0xd800, count: 0x800 };

const codePointAt = (index: number): string =>
  String.fromCodePoint(index < surrogates.first ? index : index + surrogates.count);

function indexOf(text: unknown): number {
  const point = String(text).codePointAt(0) ?? 0;
  const index = point < surrogates.first ? point : point - surrogates.count;
  if (text !== codePointAt(index)) throw new TypeError("Not one code point");
  return index;
}

/**
 * Any code point but surrogates, as a unit of strings. fast-check's unit `"binary"` has the same values, but makes a
 * table of all 1.1 million in each process, which takes a second and a hundred megabytes.
 */
export const codePoint: Arbitrary<string> = nat(0x10ffff - surrogates.count).map(codePointAt, indexOf);
