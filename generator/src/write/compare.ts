import { lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unlessMissing } from "./disk.js";
import { hashOf, type ManifestFacts, manifestName, manifestText, readManifest } from "./manifest.js";
import { escapingLink, fold, parents, pathProblem, pathProblems, type Problem } from "./paths.js";

/** How a folder differs from the files that it should hold. Paths are sorted. */
export interface Comparison {
  /** Not there yet. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Ours, and no longer generated. */
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files that somebody else wrote or edited; `force` overwrites them. */
  readonly conflicts: readonly Problem[];
  /** What nothing overrides. */
  readonly problems: readonly Problem[];
  /** Everything that should be there, the manifest last. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Compares a folder with the files of a package. Reads only. */
export function compare(folder: string, files: ReadonlyMap<string, string>, facts: ManifestFacts): Comparison {
  const texts = new Map([...files, [manifestName, manifestText(facts, files)]]);
  const added: string[] = [];
  const changed: string[] = [];
  const removed: string[] = [];
  const conflicts: Problem[] = [];
  const problems = pathProblems(files.keys());
  const result = { added, changed, removed, conflicts, problems, texts };
  if (problems.length > 0) return { ...result, unchanged: 0 };

  const manifest = readManifest(folder);
  const known = manifest === "malformed" ? new Map<string, string>() : manifest;
  if (manifest === "malformed") {
    conflicts.push({ path: manifestName, message: "it is not a manifest of clientsmith; --force replaces it" });
  }
  const orphans = [...known.keys()].filter((path) => !texts.has(path));
  const replaced = new Map(orphans.map((path) => [fold(path), path]));

  for (const [path, text] of texts) {
    const obstacle = escapingLink(folder, path) ?? obstacleAt(folder, path, known);
    if (obstacle) problems.push(obstacle);
    if (obstacle) continue;
    const current = isRecased(folder, path, replaced.get(fold(path))) ? undefined : currentHash(folder, path);
    if (current === undefined) added.push(path);
    else if (current !== hashOf(text)) {
      changed.push(path);
      if (path !== manifestName && current !== known.get(path))
        conflicts.push({ path, message: whose(known.has(path)) });
    }
  }
  for (const path of orphans) {
    const message = pathProblem(path);
    const problem = message
      ? { path, message: `${manifestName} names it, and ${message}` }
      : escapingLink(folder, path);
    if (problem) problems.push(problem);
    const current = problem ? undefined : currentHash(folder, path);
    if (current === undefined) continue;
    removed.push(path);
    if (current !== known.get(path)) {
      conflicts.push({
        path,
        message: "it was edited by hand and is no longer generated; move it away, or --force removes it",
      });
    }
  }
  for (const list of [added, changed, removed]) list.sort();
  return { ...result, unchanged: texts.size - added.length - changed.length };
}

/** Nothing to write and nothing to remove. */
export function isCurrent({ added, changed, removed }: Comparison): boolean {
  return added.length + changed.length + removed.length === 0;
}

function whose(ours: boolean): string {
  return ours
    ? "it was edited by hand; move the edit elsewhere, or --force overwrites it"
    : "clientsmith did not write it; move it away, or --force overwrites it";
}

function currentHash(folder: string, path: string): string | undefined {
  const text = unlessMissing(() => readFileSync(join(folder, path), "utf8"));
  return text === undefined ? undefined : hashOf(text);
}

/** A folder where a file should be, or somebody's file where a folder should be. */
function obstacleAt(folder: string, path: string, known: ReadonlyMap<string, string>): Problem | undefined {
  const stat = (part: string): ReturnType<typeof statSync> | undefined =>
    unlessMissing(() => statSync(join(folder, part)));
  const own = stat(path);
  if (own && !own.isFile()) return { path, message: "a folder or a device is in its place; move it away" };
  const file = parents(path).find((parent) => stat(parent)?.isDirectory() === false && !known.has(parent));
  return file === undefined ? undefined : { path, message: `${file} is a file, not a folder; move it away` };
}

/** Whether the file system takes a path for the orphan that differs from it by case; the orphan is moved away first. */
function isRecased(folder: string, path: string, orphan: string | undefined): boolean {
  if (orphan === undefined) return false;
  const [left, right] = [path, orphan].map((name) => unlessMissing(() => lstatSync(join(folder, name))));
  return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev;
}
