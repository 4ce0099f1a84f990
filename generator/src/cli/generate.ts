import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { type Comparison, LockedError, type WriteOptions, writePackage, WriteError } from "../write/index.js";
import { snapshotName } from "../diff/snapshot.js";
import type { Configured } from "../config/configured-clients.js";
import { clientJobs, type ClientJob, readConfig } from "./client-jobs.js";
import { type Invocation, UsageError } from "./invocation.js";
import { interruptible, InterruptedError } from "./interrupt.js";
import { runJobs } from "./jobs.js";
import { packageNameProblem } from "./package-name.js";
import type { Job, Product } from "./produce.js";
import { placed } from "./surroundings.js";
import { count, type CliIo, messageOf, type Terminal } from "./terminal.js";
import { changeSummary, keptSnapshot } from "./summary.js";
import { version } from "./version.js";
import { watchClients } from "./watch.js";

interface Settings {
  readonly jobs: readonly ClientJob[];
  readonly parallel: number;
  /** `--out`; where it is absent, each client has a folder of its own. */
  readonly out: string | undefined;
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Runs `clientsmith generate`. Returns the exit code. */
export async function runGenerate(invocation: Invocation, io: CliIo, terminal: Terminal): Promise<number> {
  const read = async (): Promise<Settings | undefined> => {
    const configured = await readConfig(io.cwd, terminal);
    return configured && readSettings(invocation, io, configured);
  };
  const settings = await read();
  if (!settings) return 1;
  if (!invocation.has("watch")) return generateAll(settings, terminal);
  return watchClients(
    {
      readJobs: async () => (await read())?.jobs,
      // In this thread, which keeps what is loaded.
      generate: (jobs) => generateAll({ ...settings, jobs, parallel: 1 }, terminal),
    },
    io,
    terminal,
  );
}

async function generateAll(settings: Settings, terminal: Terminal): Promise<number> {
  const started = performance.now();
  const { jobs } = settings;
  const outs = new Map<Job, string | undefined>(jobs.map((job) => [job, job.out]));
  const failed: string[] = [];
  const differing: string[] = [];
  const comparisons: Comparison[] = [];
  const folders = new Map<string, string>();
  let finished = 0;

  const showProgress = (): void => terminal.progress(`${finished}/${jobs.length} models`);
  const receive = async (job: Job, { diagnostics, output }: Product): Promise<void> => {
    terminal.diagnose(diagnostics);
    const { out = outs.get(job) ?? "" } = settings;
    const folder = output && (settings.out === undefined || jobs.length === 1 ? out : join(out, output.folder));
    const twin = folder === undefined ? undefined : folders.get(folder);
    if (twin !== undefined)
      terminal.error(`${job.model[0]}: ${folder} is already the output of ${twin}. Run it with another --out.`);
    if (output && folder !== undefined && twin === undefined) {
      folders.set(folder, job.model[0]);
      const comparison = await write(job, folder, output, settings, terminal);
      if (comparison) comparisons.push(comparison);
      else failed.push(job.model[0]);
      if (comparison && settings.check && touched(comparison) > 0) differing.push(job.model[0]);
    } else failed.push(job.model[0]);
    finished += 1;
    if (jobs.length > 1) showProgress();
  };
  if (jobs.length > 1) showProgress();
  await runJobs(jobs, settings.parallel, receive);

  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.result(summary(settings, comparisons, failed, seconds));
  return failed.length + differing.length > 0 ? 1 : 0;
}

function readSettings(invocation: Invocation, { cwd }: CliIo, configured: Configured): Settings {
  const { models, value, has } = invocation;
  const out = value("out");
  if (models.length === 0 && configured.clients.length === 0) {
    throw new UsageError("generate requires a model: clientsmith generate MODEL... --out DIR.");
  }
  const jobs = clientJobs(invocation, configured, cwd);
  if (out === undefined && jobs.some((job) => job.out === undefined)) {
    throw new UsageError("generate requires --out DIR, the output folder.");
  }
  const single = ["service", "package", "overlay"].find((name) => has(name));
  if (jobs.length > 1 && single !== undefined)
    throw new UsageError(`--${single} requires a single model, not ${jobs.length}.`);
  const packageName = value("package");
  const badName = packageName === undefined ? undefined : packageNameProblem(packageName);
  if (badName !== undefined) throw new UsageError(`--package ${JSON.stringify(packageName)} ${badName}.`);
  const excluded = ["dry-run", "force"].find((name) => has(name));
  if (has("check") && excluded !== undefined) throw new UsageError(`--check and --${excluded} cannot be combined.`);
  const readOnly = ["check", "dry-run"].find((name) => has(name));
  if (has("watch") && readOnly !== undefined) throw new UsageError(`--watch and --${readOnly} cannot be combined.`);
  const parallel = value("jobs") ?? String(availableParallelism());
  if (!/^[1-9]\d{0,3}$/.test(parallel))
    throw new UsageError(`--jobs requires an integer from 1 to 9999, not ${parallel}.`);
  return {
    jobs,
    parallel: Math.min(Number(parallel), jobs.length),
    out: out === undefined ? undefined : resolve(cwd, out),
    check: has("check"),
    dryRun: has("dry-run"),
    force: has("force"),
  };
}

/** Writes a package and reports what changed. Returns undefined on failure, which is reported on stderr. */
async function write(
  job: Job,
  folder: string,
  { files, modelHash, service, endpointCases }: NonNullable<Product["output"]>,
  settings: Settings,
  terminal: Terminal,
): Promise<Comparison | undefined> {
  const { check, dryRun, force } = settings;
  const options: WriteOptions = { version: version(), model: { hash: modelHash, service }, check, dryRun, force };
  const before = keptSnapshot(folder);
  try {
    const comparison = await interruptible((signal) =>
      writePackage(folder, placed(files, folder), { ...options, signal }),
    );
    const label = settings.jobs.length > 1 ? `${job.model[0]}: ` : "";
    for (const line of changeLines(comparison, settings)) terminal.result(`${label}${line}`);
    const lines = changeSummary(before, files.get(snapshotName), endpointCases);
    for (const line of lines) terminal.result(`${label}${line}`);
    return comparison;
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    if (error instanceof WriteError) {
      for (const { path, message } of error.problems) terminal.error(`${join(folder, path)}: ${message}`);
    }
    const place = error instanceof LockedError ? `${folder}: ` : "";
    terminal.error(`${job.model[0]}: ${place}${messageOf(error)}`);
    return undefined;
  }
}

const listed = 20;

/** Names of files if one package is generated or the check fails; otherwise the number of files. */
function changeLines(comparison: Comparison, { check, jobs }: Settings): string[] {
  const { added, changed, removed, conflicts } = comparison;
  const kinds = [
    [check ? "missing" : "added", added],
    [check ? "differs" : "changed", changed],
    [check ? "left over" : "removed", removed],
  ] as const;
  const all = check || (jobs.length === 1 && touched(comparison) <= listed);
  const why = new Map(conflicts.map(({ path, message }) => [path, `: ${message}`]));
  return kinds.flatMap(([kind, paths]) => {
    if (all) return paths.map((path) => `${kind} ${path}${(check && why.get(path)) || ""}`);
    return paths.length > 0 ? [`${kind} ${count(paths.length, "file")}`] : [];
  });
}

function touched({ added, changed, removed }: Comparison): number {
  return added.length + changed.length + removed.length;
}

function summary(
  { jobs, check, dryRun }: Settings,
  comparisons: readonly Comparison[],
  failed: readonly string[],
  seconds: string,
): string {
  const total = (of: (comparison: Comparison) => number): number =>
    comparisons.reduce((sum, each) => sum + of(each), 0);
  const added = total((each) => each.added.length);
  const changed = total((each) => each.changed.length);
  const removed = total((each) => each.removed.length);
  const unchanged = total((each) => each.unchanged);
  const failure =
    failed.length > 0 ? `; ${failed.length} of ${count(jobs.length, "model")} failed: ${failed.join(", ")}` : "";
  if (check) {
    const differences = added + changed + removed;
    const edited = total((each) => each.conflicts.length);
    const way =
      edited > 0 ? "move your edits elsewhere, then run clientsmith generate --force" : "run clientsmith generate";
    const advice = differences > 0 ? `: ${way} without --check` : "";
    const parts = `${changed} different, ${added} missing, ${removed} left over, ${unchanged} up to date`;
    return `${parts} in ${seconds} s${advice}${failure}`;
  }
  const to = dryRun ? "to be " : "";
  const written = `${count(added + changed, "file")} ${to}written, ${unchanged} unchanged, ${removed} ${to}removed`;
  return `${written} in ${seconds} s${failure}`;
}
