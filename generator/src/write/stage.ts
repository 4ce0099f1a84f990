/**
 * The folder in which a change is prepared. It is also the lock: it is created atomically by a rename, and the name of
 * a file in it contains the ID of the process that holds it.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Disk, errorCode, unlessMissing } from "./disk.js";
import { stageName } from "./paths.js";
import { journalName, repair } from "./swap.js";

/** Distinguishes this process from an earlier one with the same ID. */
const token = randomBytes(6).toString("hex");
const ownerName = `owner-${process.pid}-${token}`;
const privateName = `${stageName}-${process.pid}-${token}`;

/** Another process is writing to the folder. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/** Whether a run is in progress or was interrupted. */
export function hasStage(folder: string): boolean {
  return existsSync(join(folder, stageName));
}

/** Whether there is anything to clean up, including the remains of a removed stage. */
export function hasLeftovers(folder: string): boolean {
  return unlessMissing(() => readdirSync(folder))?.some((name) => name.startsWith(stageName)) === true;
}

/**
 * Acquires the lock of the folder and returns the empty stage. A swap that a dead process left incomplete is completed
 * or rolled back first.
 * @throws LockedError if a live process holds the lock.
 */
export function acquireStage(folder: string, disk: Disk): string {
  const stage = join(folder, stageName);
  if (!createStage(folder, stage, disk)) takeOver(stage, disk);
  try {
    repair(folder, stage, disk);
    for (const entry of readdirSync(stage)) {
      if (entry !== ownerName) disk.rmSync(join(stage, entry), { recursive: true, force: true });
    }
    removeLitter(folder, disk);
    return stage;
  } catch (error) {
    releaseStage(folder, stage, disk);
    throw error;
  }
}

/** Releases the lock. A stage that still has a journal is left for the next run to repair. */
export function releaseStage(folder: string, stage: string, disk: Disk): void {
  if (existsSync(join(stage, journalName))) return;
  const trash = join(folder, privateName);
  disk.renameSync(stage, trash);
  disk.rmSync(trash, { recursive: true, force: true });
}

function createStage(folder: string, stage: string, disk: Disk): boolean {
  const prepared = join(folder, privateName);
  disk.mkdirSync(prepared, { recursive: true });
  try {
    disk.writeFileSync(join(prepared, ownerName), "");
    disk.renameSync(prepared, stage);
    return true;
  } catch (error) {
    // A folder cannot be renamed onto one that contains files. Windows reports EPERM.
    disk.rmSync(prepared, { recursive: true, force: true });
    if (["ENOTEMPTY", "EEXIST", "EPERM"].includes(errorCode(error) ?? "") && existsSync(stage)) return false;
    throw error;
  }
}

function takeOver(stage: string, disk: Disk): void {
  const [owner] = owners(stage);
  if (owner !== undefined && isAlive(owner)) throw locked(stage, owner);
  try {
    if (owner === undefined) disk.writeFileSync(join(stage, ownerName), "", { flag: "wx" });
    else disk.renameSync(join(stage, owner), join(stage, ownerName));
  } catch (error) {
    // If two processes take over at the same time, the name is already gone for one of them.
    if (errorCode(error) === "ENOENT") throw locked(stage, owner);
    throw error;
  }
  const rival = owners(stage).find((name) => name !== ownerName);
  if (rival !== undefined) throw locked(stage, rival);
}

function owners(stage: string): string[] {
  return unlessMissing(() => readdirSync(stage).filter((name) => name.startsWith("owner-"))) ?? [];
}

function locked(stage: string, owner: string | undefined): LockedError {
  const who = owner === undefined ? "Another clientsmith" : `Process ${owner.split("-")[1] ?? ""}`;
  const remedy = owner === undefined ? "" : ` If that process is not clientsmith, delete ${join(stage, owner)}.`;
  return new LockedError(`${who} is writing to this folder; wait for it and run again.${remedy}`);
}

/** `name` ends in `-<process id>-<token>`. */
function isAlive(name: string): boolean {
  const [ownerToken, pid] = name.split("-").toReversed();
  if (Number(pid) === process.pid) return ownerToken === token;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** Removes stages of dead processes that were not put in place yet or were being removed. */
function removeLitter(folder: string, disk: Disk): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${stageName}-`) || isAlive(name)) continue;
    disk.rmSync(join(folder, name), { recursive: true, force: true });
  }
}
