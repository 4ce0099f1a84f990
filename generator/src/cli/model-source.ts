import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** `git:REF:PATH`: the path is that of the repository, or, with `./`, one from the working folder. */
const revision = /^git:([^:]+):(.+)$/;

/** Whether a name is that of a file in a git revision. */
export function isRevision(name: string): boolean {
  return name.startsWith("git:");
}

/**
 * The text of a file, on disk or in a git revision.
 *
 * @throws Error with the reason why there is none
 */
export function readSourceText(name: string, cwd: string): string {
  if (!isRevision(name)) return readFileSync(resolve(cwd, name), "utf8");
  return git(["show", "--end-of-options", objectOf(name)], cwd);
}

export function sourceExists(name: string, cwd: string): boolean {
  if (!isRevision(name)) return existsSync(resolve(cwd, name));
  try {
    git(["cat-file", "-e", objectOf(name)], cwd);
    return true;
  } catch {
    return false;
  }
}

function objectOf(name: string): string {
  const [, ref = "", path = ""] = revision.exec(name) ?? [];
  if (ref === "" || ref.startsWith("-")) throw new Error(`${name} is not of the form git:REF:PATH`);
  return `${ref}:${path}`;
}

/** Git is run without a shell, and reads only. */
function git(argv: readonly string[], cwd: string): string {
  try {
    return execFileSync("git", argv, {
      cwd,
      encoding: "utf8",
      maxBuffer: 512 << 20,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Error(output === "" ? `git cannot be run: ${String(error)}` : output, { cause: error });
  }
}
