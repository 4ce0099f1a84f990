/** The known name that a misspelled one most likely means. Undefined if none is similar. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = (candidate: string): number => Math.max(1, Math.floor(candidate.length / 3));
  const [best] = known
    // The edits are at least the difference in length; names may have any length.
    .filter((candidate) => candidate.startsWith(name) || name.length - candidate.length <= most(candidate))
    .map((candidate) => ({ candidate, distance: candidate.startsWith(name) ? 0 : editDistance(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= most(candidate))
    .toSorted((left, right) => left.distance - right.distance);
  return best?.candidate;
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, a] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...right].entries()) {
      const substitute = (row[j] ?? 0) + (a === b ? 0 : 1);
      next.push(Math.min(substitute, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
