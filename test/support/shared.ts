import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The folder with the public suites and models; absent on most machines. */
export const shared = resolve(root, process.env["CLIENTSMITH_SHARED"] ?? "../shared");

/** A path in the shared folder, or undefined (and a line of output) if it is absent. */
export function sharedPath(name: string): string | undefined {
  const path = join(shared, name);
  if (existsSync(path)) return path;
  console.log(`skipped: ${name} is not there (set CLIENTSMITH_SHARED to the folder that holds it)`);
  return undefined;
}

/** The JSON files of a folder, in order of name. */
export function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => join(folder, name));
}
