import type { PatternIr } from "../ir/ir.js";

/** Whether the sets of two states share a character, judged by samples. */
export function overlaps(
  sets: readonly string[],
  { source, flags }: PatternIr,
): (left: number, right: number) => boolean {
  const samples = [...new Set([...ascii, ...beyond, ...source])];
  const bySource = new Map<string, ReadonlySet<string>>();
  for (const set of sets) {
    if (bySource.has(set)) continue;
    const test = new RegExp(`^(?:${set})$`, flags);
    bySource.set(set, new Set(samples.filter((sample) => test.test(sample))));
  }
  const known = new Map<string, boolean>();
  return (left, right) => {
    const [one, other] = [sets[left] ?? "", sets[right] ?? ""];
    if (one === other) return true;
    const key = one < other ? `${one}\0${other}` : `${other}\0${one}`;
    let areOverlapping = known.get(key);
    if (areOverlapping === undefined) {
      const characters = bySource.get(other);
      areOverlapping = [...(bySource.get(one) ?? [])].some((character) => characters?.has(character));
      known.set(key, areOverlapping);
    }
    return areOverlapping;
  };
}

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const beyond = [..."\u00a0\u00adµ½éßØĀſƒΩяאع\u0e01あ漢한\u2003\u2028€\ufeff\ufffd😀𝒜"];
