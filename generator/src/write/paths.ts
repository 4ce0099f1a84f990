import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { unlessMissing } from "./disk.js";
import { manifestName } from "./manifest.js";

/** Name of the folder in which a change is prepared. */
export const stageName = ".clientsmith-stage";

/** A reason not to write, with the solution. */
export interface Problem {
  /** Relative to the output folder. */
  readonly path: string;
  readonly message: string;
}

/** Why a path is invalid for a generated file. Undefined if it is valid. */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "the path is empty";
  if (path.includes("\0")) return "the path contains a NUL character";
  if (path.includes("\\")) return "the path contains a backslash; folders are separated by /";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "the path is absolute; paths are relative to the package";
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return "the path has an empty, `.` or `..` segment";
  }
  const [first = ""] = segments;
  if (path === manifestName || first.startsWith(stageName)) return "the name is the generator's own";
  return undefined;
}

/** Problems of these paths as files of one package, on any file system. */
export function pathProblems(paths: Iterable<string>): Problem[] {
  const problems: Problem[] = [];
  const byFolded = new Map<string, string>([[fold(manifestName), manifestName]]);
  const valid: string[] = [];
  for (const path of paths) {
    const message = pathProblem(path);
    const twin = byFolded.get(fold(path));
    if (message) problems.push({ path, message });
    else if (twin !== undefined) problems.push({ path, message: `the path differs only by case from ${twin}` });
    else {
      byFolded.set(fold(path), path);
      valid.push(path);
    }
  }
  for (const path of valid) {
    const file = parents(path)
      .map((parent) => byFolded.get(fold(parent)))
      .find((found) => found !== undefined);
    if (file !== undefined) problems.push({ path, message: `${file} is a file and cannot be its folder` });
  }
  return problems;
}

/** Normalizes a path like a file system that ignores case and composes characters. */
export function fold(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** Parent folders of a path, innermost first, without the root of the package. */
export function parents(path: string): string[] {
  const folder = dirname(path);
  return folder === "." || folder === "/" ? [] : [folder, ...parents(folder)];
}

/** A symbolic link at a path, or in one of its parents, that leads out of the folder. */
export function escapingLink(folder: string, path: string): Problem | undefined {
  for (const part of [...parents(path).toReversed(), path]) {
    const candidate = join(folder, part);
    if (!unlessMissing(() => lstatSync(candidate))?.isSymbolicLink()) continue;
    if (!leadsInside(folder, candidate)) {
      return {
        path,
        message: `${part} is a symbolic link that leads out of ${folder}; replace it with a folder or file`,
      };
    }
  }
  return undefined;
}

function leadsInside(folder: string, link: string): boolean {
  // A dangling link is rejected too, because its target may be created later.
  const target = unlessMissing(() => realpathSync(link));
  return target?.startsWith(`${realpathSync(folder)}${sep}`) === true;
}
