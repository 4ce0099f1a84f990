import { expect, it } from "vitest";
import { SentTokens } from "#runtime/operations/page-tokens.js";

/** Number of tokens until one is recognized as sent before. */
function foundAfter(tokenOf: (index: number) => unknown, limit: number): number | undefined {
  const sent = new SentTokens();
  for (let index = 0; index < limit; index++) {
    if (sent.has(tokenOf(index))) return index;
    sent.add(tokenOf(index));
  }
  return undefined;
}

it.each([1, 2, 7, 9_999, 10_000])("a cycle of %d tokens is recognized at its first repetition", (length) => {
  expect(foundAfter((index) => `t${index % length}`, 30_000)).toBe(length);
});

it("a longer cycle is recognized, too, within a bounded number of rounds", () => {
  const length = 25_000;
  expect(foundAfter((index) => `t${index % length}`, 4 * length)).toBeGreaterThan(length);
});

it("tokens that differ are not recognized, however many there are", () => {
  expect(foundAfter((index) => `t${index}`, 30_000)).toBeUndefined();
  expect(foundAfter((index) => ({ id: index }), 1_000)).toBeUndefined();
});
