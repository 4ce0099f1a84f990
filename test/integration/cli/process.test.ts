import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { pondModel } from "./support/model.js";

// Each test starts several processes that load a compiler.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bin = join(root, "generator/bin/clientsmith.js");

/** Time of the newest TypeScript source, and of the build that should hold it. */
function isBuilt(part: string): boolean {
  const built = fs.statSync(join(root, part, ".tsbuildinfo"), { throwIfNoEntry: false });
  if (!built) return false;
  const sources = fs.readdirSync(join(root, part, "src"), { recursive: true, encoding: "utf8" });
  return sources.every(
    (path) => !path.endsWith(".ts") || fs.statSync(join(root, part, "src", path)).mtimeMs <= built.mtimeMs,
  );
}

beforeAll(() => {
  if (isBuilt("runtime") && isBuilt("generator")) return;
  const { status, stdout } = spawnSync("npx", ["tsc", "-b", "runtime", "generator"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
}, 120_000);

function workFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "clientsmith-process-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(cwd: string, ...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: "utf8" });
}

function put(folder: string, name: string, content: unknown): void {
  fs.writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
}

function contents(folder: string): Record<string, string> {
  const paths = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  const files = paths.filter((path) => fs.statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, fs.readFileSync(join(folder, path), "utf8")]));
}

/** A plugin that sends the process a signal when it writes, or renames to, a path that ends so. */
function signalling(signal: string, call: "writeFileSync" | "renameSync", ending: string): string {
  return `
    import fs from "node:fs";
    export const emitters = [];
    const original = fs.${call};
    fs.${call} = (...args) => {
      original(...args);
      const path = String(args[${call === "renameSync" ? 1 : 0}]);
      if (path.endsWith(${JSON.stringify(ending)})) process.kill(process.pid, ${JSON.stringify(signal)});
    };
  `;
}

interface Pond {
  readonly folder: string;
  readonly out: string;
  readonly before: Record<string, string>;
  readonly after: Record<string, string>;
}

let generatedPond: Pond | undefined;

/** A generated pond, and another model waiting to be generated over it: a copy of what is generated once. */
function changedPond(): Pond {
  generatedPond ??= generatePond();
  const folder = workFolder();
  fs.cpSync(generatedPond.folder, folder, { recursive: true });
  return { ...generatedPond, folder, out: join(folder, "out") };
}

const templates = fs.mkdtempSync(join(tmpdir(), "clientsmith-pond-"));
afterAll(() => fs.rmSync(templates, { recursive: true, force: true }));

function generatePond(): Pond {
  const [folder, next] = [join(templates, "pond"), join(templates, "next")];
  fs.mkdirSync(folder);
  const out = join(folder, "out");
  put(folder, "pond.json", pondModel({ extraMember: "snack" }));
  expect(run(folder, "generate", "pond.json", "--out", next).status).toBe(0);
  const after = contents(next);
  put(folder, "pond.json", pondModel());
  expect(run(folder, "generate", "pond.json", "--out", "out").status).toBe(0);
  put(folder, "pond.json", pondModel({ extraMember: "snack" }));
  return { folder, out, before: contents(out), after };
}

describe("the process", () => {
  it("--help loads neither the compiler nor the formatter", () => {
    const watcher = join(workFolder(), "watcher.mjs");
    // Prints every module that the process loads.
    const hooks = `
      import fs from "node:fs";
      export const load = (url, context, next) => {
        fs.writeSync(2, url + " ");
        return next(url, context);
      };
    `;
    const url = `data:text/javascript,${encodeURIComponent(hooks)}`;
    fs.writeFileSync(watcher, `import { register } from "node:module"; register(${JSON.stringify(url)});`);
    const argv = ["--import", pathToFileURL(watcher).href, bin, "--help"];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stderr).toContain("picocolors");
    expect(stderr).not.toMatch(/ts-morph|prettier|handlebars/);
    expect(stdout).toContain("Usage:");
  });

  it("exits 2 on wrong usage, with a message on stderr", () => {
    expect(run(root, "generate", "x.json", "--outt", "y")).toEqual(
      expect.objectContaining({ status: 2, stdout: "", stderr: expect.stringContaining("Did you mean --out?") }),
    );
  });

  it("reports how to build where it is not built", () => {
    const folder = workFolder();
    const copy = join(folder, "bin/clientsmith.mjs");
    fs.mkdirSync(dirname(copy));
    fs.copyFileSync(bin, copy);
    const { status, stderr } = spawnSync(process.execPath, [copy, "--help"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/run npm ci, or npm run build/) });
  });

  it("generates several models in threads, and the malformed one fails alone", () => {
    const folder = workFolder();
    put(folder, "pond.json", pondModel());
    put(folder, "bad.json", "{");
    put(folder, "lake.json", pondModel({ sdkId: "Lake" }));
    const parallel = run(folder, "generate", "pond.json", "bad.json", "lake.json", "--out", "two", "--jobs", "2");
    expect(parallel.status).toBe(1);
    expect(parallel.stdout.trimEnd()).toMatch(/; 1 of 3 models failed: bad\.json$/);
    run(folder, "generate", "pond.json", "lake.json", "--out", "one", "--jobs", "1");
    expect(Object.keys(contents(join(folder, "two")))).toContain("lake/src/index.ts");
    expect(contents(join(folder, "two"))).toEqual(contents(join(folder, "one")));
  });
});

describe("a signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("%s while files are prepared leaves the old ones intact and exits %i", (signal, exitCode) => {
    const { folder, out, before } = changedPond();
    put(folder, "plugin.mjs", signalling(signal, "writeFileSync", "feed.ts"));
    const { status, stderr } = run(folder, "generate", "pond.json", "--out", "out", "--plugin", "plugin.mjs");
    expect({ status, stderr }).toEqual({ status: exitCode, stderr: `Interrupted by ${signal}.\n` });
    expect(contents(out)).toEqual(before);
  });

  it("during the swap takes effect when the new files are complete", () => {
    const { folder, out, after } = changedPond();
    put(folder, "plugin.mjs", signalling("SIGINT", "renameSync", "out/src/operations/feed.ts"));
    const { status } = run(folder, "generate", "pond.json", "--out", "out", "--plugin", "plugin.mjs");
    expect(status).toBe(130);
    expect(contents(out)).toEqual(after);
  });

  it("SIGKILL during the swap is repaired by the next run", () => {
    const { folder, out, after } = changedPond();
    put(folder, "plugin.mjs", signalling("SIGKILL", "renameSync", "old/src/operations/feed.ts"));
    const killed = run(folder, "generate", "pond.json", "--out", "out", "--plugin", "plugin.mjs");
    expect(killed.status).toBe(null);
    expect(fs.existsSync(join(out, "src/operations/feed.ts"))).toBe(false);
    expect(run(folder, "generate", "pond.json", "--out", "out").status).toBe(0);
    expect(contents(out)).toEqual(after);
  });

  it("before anything is written ends the process at once", async () => {
    const folder = workFolder();
    put(folder, "pond.json", pondModel());
    put(
      folder,
      "plugin.mjs",
      `process.stdout.write("ready\\n"); setInterval(() => {}, 1e6); await new Promise(() => {});`,
    );
    const argv = [bin, "generate", "pond.json", "--out", "out", "--plugin", "plugin.mjs"];
    const child = spawn(process.execPath, argv, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
    expect(fs.existsSync(join(folder, "out"))).toBe(false);
  });

  it.each([
    ["SIGINT after a file was replaced ends between two files", "SIGINT", "renameSync", 130, true],
    ["SIGKILL before it leaves the file as it was", "SIGKILL", "writeFileSync", null, false],
  ] as const)("while files are migrated: %s", (_name, signal, call, status, isReplaced) => {
    const folder = workFolder();
    const before = `import AWS from "aws-sdk";\nexport const c = new AWS.CloudTrail();\n`;
    const after = before.replace("AWS from", "* as AWS from").replace("aws-sdk", "@example/cloudtrail/classic");
    put(folder, "a.ts", before);
    put(folder, "b.ts", before);
    // The new content is in a file beside it first, whose name holds its name.
    put(folder, "signal.mjs", signalling(signal, call, "a.ts").replace("path.endsWith(", "path.includes("));
    const loaded = ["--import", pathToFileURL(join(folder, "signal.mjs")).href, bin];
    const argv = [...loaded, "migrate", "a.ts", "b.ts", "--write", "--package", "cloudtrail=@example/cloudtrail"];
    const result = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" });
    expect(result.status).toBe(status);
    expect(fs.readFileSync(join(folder, "a.ts"), "utf8")).toBe(isReplaced ? after : before);
    expect(fs.readFileSync(join(folder, "b.ts"), "utf8")).toBe(before);
  });
});
