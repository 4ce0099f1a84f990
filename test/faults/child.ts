import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { root } from "../support/shared.js";
import type { Outcome } from "./fault.js";

const folder = join(root, ".cache/faults");

/** Bundles the program that runs faults, from the sources, so that plain Node can run it and no build is needed. */
export async function bundleRunner(): Promise<string> {
  const bundle = await rolldown({
    input: join(root, "test/faults/run.ts"),
    cwd: root,
    platform: "node",
    tsconfig: join(root, "tsconfig.json"),
    external: (id) => id.startsWith("node:") || /^(undici|cborg|saxes)(\/|$)/.test(id),
  });
  const output = join(folder, String(process.pid));
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
export async function runFaults(program: string, client: string, ids: readonly string[], limit: number): Promise<Run> {
  const child = spawn(process.execPath, [program, client, ...ids], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let complaints = "";
  let lastLineAt = performance.now();
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
    lastLineAt = performance.now();
  });
  child.stderr.on("data", (data: Buffer) => (complaints += data.toString()));
  const timer = setTimeout(() => child.kill("SIGKILL"), limit);
  const [exitCode] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  const outcomes = output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Outcome);
  return { outcomes, complaints, lingered: Math.round(performance.now() - lastLineAt), exitCode };
}
