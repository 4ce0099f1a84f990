import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Plugin, rolldown } from "rolldown";
import { type Outcome, waitLimit } from "./fault.js";

/** Milliseconds that a process has to end by itself after its last call. */
const farewell = 5_000;

/**
 * Plain Node loads the undici transport by the name of the package, and has one copy of the runtime. So has this bundle: the
 * built package would be another copy.
 */
const oneCopy: Plugin = {
  name: "one copy of the runtime",
  transform: (code, id) =>
    /transport[\\/]load-undici\.ts$/.test(id)
      ? code.replace(/\bimport\([^)]*\bname\)/, 'import("./undici/index.js")')
      : null,
};

/** Bundles a program that runs faults, from the sources, so that plain Node can run it and no build is needed. */
export async function bundleRunner(root: string, source = "test/integration/faults/run.ts"): Promise<string> {
  const bundle = await rolldown({
    input: join(root, source),
    cwd: root,
    platform: "node",
    tsconfig: join(root, "tsconfig.json"),
    plugins: [oneCopy],
    external: (id) => id.startsWith("node:") || /^undici(\/|$)/.test(id),
  });
  mkdirSync(join(root, ".cache/faults"), { recursive: true });
  const output = mkdtempSync(join(root, ".cache/faults/run-"));
  await bundle.write({ dir: output, format: "esm", entryFileNames: "run.mjs", chunkFileNames: "[name]-[hash].mjs" });
  await bundle.close();
  return join(output, "run.mjs");
}

export interface Run {
  readonly outcomes: readonly Outcome[];
  /** What the process wrote to its standard error. */
  readonly complaints: string;
  /** Milliseconds between its last line and its end. */
  readonly lingered: number;
  /** Null where it had to be ended. */
  readonly exitCode: number | null;
}

/** Runs faults against a client, in a process that has to end by itself. */
export async function runFaults(root: string, program: string, client: string, ids: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [program, client, ...ids], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const outcomes: Outcome[] = [];
  let complaints = "";
  let lastLineAt = performance.now();
  let timer = setTimeout(() => child.kill("SIGKILL"), ids.length * waitLimit);
  createInterface(child.stdout).on("line", (line) => {
    outcomes.push(JSON.parse(line) as Outcome);
    lastLineAt = performance.now();
    if (outcomes.length < ids.length) return;
    clearTimeout(timer);
    timer = setTimeout(() => child.kill("SIGKILL"), farewell);
  });
  child.stderr.on("data", (data: Buffer) => (complaints += data.toString()));
  const [exitCode] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  return { outcomes, complaints, lingered: Math.round(performance.now() - lastLineAt), exitCode };
}
