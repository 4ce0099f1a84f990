import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareClients } from "../diff/compare.js";
import type { EndpointCase } from "../diff/compare-endpoints.js";
import { levelOf } from "../diff/change.js";
import { readSnapshot, snapshotName } from "../diff/snapshot.js";
import { verdictOf } from "../diff/verdict.js";
import { unlessMissing } from "../write/disk.js";
import { count } from "./terminal.js";

/** The facts of the package that is in a folder; undefined where there is none. */
export function keptSnapshot(folder: string): string | undefined {
  return unlessMissing(() => readFileSync(join(folder, snapshotName), "utf8"));
}

const listed = 10;

/** What a regeneration changes for callers, in few lines; none where nothing does. */
export function changeSummary(
  before: string | undefined,
  after: string | undefined,
  endpointCases: readonly EndpointCase[],
): string[] {
  if (before === undefined || after === undefined || before === after) return [];
  const [old, now] = [readSnapshot(before), readSnapshot(after)];
  if (!old || !now) return [];
  const changes = compareClients({ facts: old, endpointCases: [] }, { facts: now, endpointCases });
  if (changes.length === 0) return [];
  const { verdict, counts } = verdictOf(changes, false);
  const parts = (["major", "minor", "patch"] as const).flatMap((level) =>
    counts[level] > 0 ? `${counts[level]} ${level}` : [],
  );
  const breaking = changes.filter((change) => levelOf(change) === "major");
  const more = breaking.length - listed;
  return [
    `For callers: ${verdict} (${parts.join(", ")}).`,
    ...breaking.slice(0, listed).map(({ message }) => `  ${message}`),
    ...(more > 0 ? [`  and ${count(more, "more major change")}; clientsmith diff lists all.`] : []),
  ];
}
