import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Comparison, compare, isCurrent } from "./compare.js";
import { type Disk, errorCode, realDisk } from "./disk.js";
import { type ManifestFacts, manifestName } from "./manifest.js";
import { type Problem, stageName } from "./paths.js";
import { acquireStage, hasLeftovers, hasStage, releaseStage } from "./stage.js";
import { stagedPath, swap } from "./swap.js";

export interface WriteOptions extends ManifestFacts {
  /** Compare only; whoever edited a file, it counts as changed. */
  readonly check?: boolean | undefined;
  /** Compare only, and refuse what writing would refuse. */
  readonly dryRun?: boolean | undefined;
  /** Overwrite files that were edited by hand or written by somebody else. */
  readonly force?: boolean | undefined;
  /** Ends the work while it is being prepared; the swap itself is not interrupted. */
  readonly signal?: AbortSignal | undefined;
  readonly disk?: Disk | undefined;
}

/** Nothing was written. `problems` names each file that is in the way and what to do. */
export class WriteRefusedError extends Error {
  override readonly name = "WriteRefusedError";
  readonly problems: readonly Problem[];

  constructor(folder: string, problems: readonly Problem[]) {
    super(`Nothing was written to ${folder}.`);
    this.problems = problems;
  }
}

/**
 * Makes a folder hold exactly these generated files, beside whatever else is in it. Only what differs is written; files
 * of an earlier run that are generated no more are removed. However it ends, the folder holds the old files or the new.
 * @throws WriteRefusedError where a file is in the way or a path is not allowed.
 * @throws the signal's reason where it was aborted.
 */
export async function writePackage(
  folder: string,
  files: ReadonlyMap<string, string>,
  options: WriteOptions,
): Promise<Comparison> {
  const { check, dryRun, signal, disk = realDisk } = options;
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new Error(`${folder} is a file; --out needs a folder.`);
  }
  const readOnly = check === true || dryRun === true;
  if (readOnly && hasStage(folder)) {
    throw new Error(
      `${join(folder, stageName)} is there: a run is under way or was cut off. Run clientsmith generate to repair.`,
    );
  }
  const seen = compare(folder, files, options);
  if (!hasStage(folder)) {
    refuse(folder, seen, options);
    if (readOnly || (isCurrent(seen) && !hasLeftovers(folder))) return seen;
  }
  signal?.throwIfAborted();
  try {
    return await underLock(folder, files, options, disk);
  } catch (error) {
    throw explained(folder, error);
  }
}

async function underLock(
  folder: string,
  files: ReadonlyMap<string, string>,
  options: WriteOptions,
  disk: Disk,
): Promise<Comparison> {
  const firstCreated = disk.mkdirSync(folder, { recursive: true });
  let written = false;
  try {
    const stage = acquireStage(folder, disk);
    try {
      // Again, because only now nobody else is writing.
      const comparison = compare(folder, files, options);
      refuse(folder, comparison, options);
      if (!isCurrent(comparison)) await replace(folder, stage, comparison, options.signal, disk);
      written = true;
      return comparison;
    } finally {
      releaseStage(folder, stage, disk);
    }
  } finally {
    if (!written && firstCreated !== undefined) removeCreated(folder, firstCreated, disk);
  }
}

async function replace(
  folder: string,
  stage: string,
  { added, changed, removed, texts }: Comparison,
  signal: AbortSignal | undefined,
  disk: Disk,
): Promise<void> {
  const paths = [...added, ...changed].filter((path) => path !== manifestName).toSorted();
  const writes = added.includes(manifestName) || changed.includes(manifestName) ? [...paths, manifestName] : paths;
  for (const path of writes) {
    const staged = stagedPath(stage, path);
    disk.mkdirSync(dirname(staged), { recursive: true });
    disk.writeFileSync(staged, texts.get(path) ?? "");
    await setImmediate();
    signal?.throwIfAborted();
  }
  swap(folder, stage, { writes, removals: removed }, disk);
}

function refuse(folder: string, { conflicts, problems }: Comparison, { check, force }: WriteOptions): void {
  const reasons = check === true || force === true ? problems : [...problems, ...conflicts];
  if (reasons.length > 0) throw new WriteRefusedError(folder, reasons);
}

/** Removes the folders that this run created, as far as nothing is in them. */
function removeCreated(folder: string, first: string, disk: Disk): void {
  for (let path = resolve(folder); path.startsWith(resolve(first)); path = dirname(path)) {
    try {
      disk.rmdirSync(path);
    } catch (error) {
      if (errorCode(error) === "ENOTEMPTY") return;
      throw error;
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a part of the path is a file",
};

function explained(folder: string, error: unknown): unknown {
  const reason = reasons[errorCode(error) ?? ""];
  if (reason === undefined || !(error instanceof Error)) return error;
  return new Error(`Cannot write to ${folder}: ${reason} (${error.message}).`, { cause: error });
}
