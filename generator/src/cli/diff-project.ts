import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Change } from "../diff/change.js";
import { brokenLines } from "../diff/project/broken-lines.js";
import { type MemoryClient, programWith, readProject } from "../diff/project/client-program.js";
import { renameEdits } from "../diff/project/rename-edits.js";
import { formatDiagnostic } from "../diagnostics.js";
import { applyEdits } from "../migrate/edits.js";
import { replaceFile } from "../migrate/files.js";
import { snapshotName } from "../diff/snapshot.js";
import type { DiffRequest } from "./diff-sides.js";
import { produce } from "./produce.js";
import { count, type CliIo, messageOf, type Terminal } from "./terminal.js";

/**
 * Reports which lines of a program the new client breaks and why, and with `fix` renames what has a new name, after
 * showing how. Returns whether the program is as it was: nothing breaks.
 */
export async function checkProject(
  file: string,
  { old, new: now, job }: DiffRequest,
  changes: readonly Change[],
  { isFixing }: { readonly isFixing: boolean },
  io: CliIo,
  terminal: Terminal,
): Promise<boolean> {
  const { cwd } = io;
  const [before, after] = [await clientOf(old, job, cwd), await clientOf(now, job, cwd)];
  for (const problem of [before, after].filter((each) => typeof each === "string")) terminal.error(problem);
  if (typeof before === "string" || typeof after === "string") return false;
  const packageName = job.packageName ?? before.packageName;
  let project: ReturnType<typeof readProject>;
  try {
    project = readProject(resolve(cwd, file));
  } catch (error) {
    terminal.error(`${file}: ${messageOf(error)}`);
    return false;
  }
  const program = programWith(project, { ...before, packageName });
  const broken = brokenLines(project, program, { ...after, packageName }, changes);
  terminal.result(
    `\n${file}: ${broken.length === 0 ? "nothing breaks" : `${count(broken.length, "line")} would not compile`}`,
  );
  for (const { file: path, line, column, text, message, cause } of broken) {
    terminal.result(`  ${relative(cwd, path)}:${line}:${column}  ${text}`);
    terminal.result(`    ${message.split("\n")[0] ?? ""}`);
    if (cause) terminal.result(`    ${cause.id}: ${cause.message}`);
  }
  if (!isFixing) return broken.length === 0;
  const renames = changes.flatMap(({ rename }) => rename ?? []);
  const edited = renameEdits(program, project, packageName, renames);
  for (const { file: source, edits } of edited) {
    const { fileName, text } = source;
    const fixed = applyEdits(text, edits);
    const name = relative(cwd, fileName).replaceAll("\\", "/");
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, text, fixed, "", "", {
      headerOptions: FILE_HEADERS_ONLY,
    });
    terminal.result(patch.replace(/\n$/, ""));
    const real = realpathSync(fileName);
    replaceFile(real, fixed, statSync(real).mode);
  }
  terminal.result(`${count(edited.length, "file")} changed`);
  return broken.length === 0;
}

/** A client that is on disk as it is, one of a model as it would be generated; or why there is none. */
async function clientOf(name: string, job: DiffRequest["job"], cwd: string): Promise<MemoryClient | string> {
  const folder = resolve(cwd, name);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    const paths = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" });
    const sources = paths.filter((path) => path.endsWith(".ts")).map((path) => join("src", path));
    return clientFrom(
      new Map(["package.json", ...sources].map((path) => [path, readFileSync(join(folder, path), "utf8")])),
    );
  }
  const { diagnostics, output } = await produce({ ...job, model: [name] });
  if (!output)
    return diagnostics
      .filter(({ severity }) => severity === "error")
      .map(formatDiagnostic)
      .join("\n");
  return clientFrom(new Map([...output.files].filter(([path]) => path !== snapshotName)));
}

function clientFrom(files: ReadonlyMap<string, string>): MemoryClient {
  const { name } = JSON.parse(files.get("package.json") ?? "{}") as { readonly name?: string };
  return { packageName: name ?? "", files };
}
