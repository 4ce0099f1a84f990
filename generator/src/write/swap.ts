/**
 * Puts staged files in place, or rolls the change back. The location of each file (`new`, `old` or in place) shows how
 * far the swap has come, so that both directions can start from any state. The journal lists the files. It exists
 * exactly as long as the folder may be incomplete.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Disk, errorCode, isRecord, unlessMissing } from "./disk.js";
import { parents } from "./paths.js";

export const journalName = "journal.json";

export interface Journal {
  /** Files to move from `new` to their place, in this order. */
  readonly writes: readonly string[];
  readonly removals: readonly string[];
}

/** Path of a new file in the stage. */
export function stagedPath(stage: string, path: string): string {
  return join(stage, "new", path);
}

/**
 * Swaps the staged files in. If a step fails, the change is rolled back and the failure is thrown. If the rollback
 * fails too, the journal is left for the next run.
 */
export function swap(folder: string, stage: string, journal: Journal, disk: Disk): void {
  const draft = join(stage, `${journalName}.draft`);
  disk.writeFileSync(draft, JSON.stringify(journal));
  disk.renameSync(draft, join(stage, journalName));
  finish(folder, stage, journal, disk);
}

/** Completes or rolls back the change in an earlier run's journal. */
export function repair(folder: string, stage: string, disk: Disk): void {
  const text = unlessMissing(() => readFileSync(join(stage, journalName), "utf8"));
  if (text === undefined) return;
  finish(folder, stage, parseJournal(text, stage), disk);
}

function finish(folder: string, stage: string, journal: Journal, disk: Disk): void {
  const close = (): void => disk.rmSync(join(stage, journalName));
  try {
    forward(folder, stage, journal, disk);
    close();
  } catch (error) {
    try {
      backward(folder, stage, journal, disk);
      close();
    } catch (second) {
      const first = error instanceof Error ? error.message : String(error);
      throw new Error(`The change is incomplete: ${first}, and it could not be rolled back. Run again to repair.`, {
        cause: second,
      });
    }
    throw error;
  }
  pruneFolders(folder, journal.removals, disk);
}

function forward(folder: string, stage: string, { writes, removals }: Journal, disk: Disk): void {
  for (const path of removals) setAside(folder, stage, path, disk);
  for (const path of writes) {
    const staged = stagedPath(stage, path);
    if (!existsSync(staged)) continue;
    setAside(folder, stage, path, disk);
    move(staged, join(folder, path), disk);
  }
}

function backward(folder: string, stage: string, { writes, removals }: Journal, disk: Disk): void {
  for (const path of writes.toReversed()) {
    const staged = stagedPath(stage, path);
    const target = join(folder, path);
    if (!existsSync(staged) && existsSync(target)) move(target, staged, disk);
  }
  pruneFolders(folder, writes, disk);
  for (const path of [...removals, ...writes]) {
    const old = join(stage, "old", path);
    if (existsSync(old)) move(old, join(folder, path), disk);
  }
}

/** Moves a file of the folder to `old`, unless an earlier attempt already did. */
function setAside(folder: string, stage: string, path: string, disk: Disk): void {
  const old = join(stage, "old", path);
  const target = join(folder, path);
  if (existsSync(target) && !existsSync(old)) move(target, old, disk);
}

function move(from: string, to: string, disk: Disk): void {
  disk.mkdirSync(dirname(to), { recursive: true });
  disk.renameSync(from, to);
}

/** Removes the empty parent folders of these paths. */
function pruneFolders(folder: string, paths: readonly string[], disk: Disk): void {
  const folders = new Set(paths.flatMap(parents));
  for (const path of [...folders].toSorted((left, right) => right.length - left.length)) {
    try {
      disk.rmdirSync(join(folder, path));
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST", "ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) throw error;
    }
  }
}

function parseJournal(text: string, stage: string): Journal {
  const value: unknown = JSON.parse(text);
  if (isRecord(value) && isPaths(value["writes"]) && isPaths(value["removals"])) {
    return { writes: value["writes"], removals: value["removals"] };
  }
  throw new Error(
    `${join(stage, journalName)} is not a journal of clientsmith; restore the folder and delete ${stage}.`,
  );
}

function isPaths(list: unknown): list is string[] {
  return Array.isArray(list) && list.every((path) => typeof path === "string");
}
