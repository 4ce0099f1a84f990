import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { main } from "#generator/cli/main.js";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A working folder that goes when the test ends, with commands run in it as from a shell that is no terminal. */
export function workplace(): {
  readonly folder: string;
  readonly put: (name: string, content: unknown) => void;
  readonly run: (...argv: string[]) => Promise<Ran>;
  readonly runOnTerminal: (env: Record<string, string>, ...argv: string[]) => Promise<Ran>;
} {
  const folder = fs.mkdtempSync(join(tmpdir(), "clientsmith-cli-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const runWith = async (isTTY: boolean, env: Record<string, string>, argv: readonly string[]): Promise<Ran> => {
    let stdout = "";
    let stderr = "";
    const code = await main(argv, {
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text) },
      cwd: folder,
      env,
      isTTY,
      isStdoutTTY: isTTY,
    });
    return { code, stdout, stderr };
  };
  return {
    folder,
    put: (name, content) =>
      fs.writeFileSync(
        join(folder, name),
        typeof content === "string" ? content : JSON.stringify(content, undefined, 2),
      ),
    run: (...argv) => runWith(false, {}, argv),
    runOnTerminal: (env, ...argv) => runWith(true, env, argv),
  };
}

/** Every generated file by its path, with what changes when it is written or replaced. */
export function stamps(folder: string): Record<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  return Object.fromEntries(
    entries
      .filter((path) => fs.statSync(join(folder, path)).isFile())
      .map((path) => {
        const { mtimeNs, ino } = fs.statSync(join(folder, path), { bigint: true });
        return [path, `${mtimeNs} ${ino}`];
      }),
  );
}

/** Paths whose file differs between two states, new and gone ones included. */
export function difference(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).toSorted();
}
