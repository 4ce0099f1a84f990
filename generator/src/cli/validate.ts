import type { Diagnostic, Severity } from "../diagnostics.js";
import { clientJobs, readConfig } from "./client-jobs.js";
import { type Invocation, UsageError } from "./invocation.js";
import { produce } from "./produce.js";
import { count, type CliIo, type Terminal } from "./terminal.js";

/** Runs `clientsmith validate`: generates in memory, so that it reports every problem that `generate` would report. */
export async function runValidate(invocation: Invocation, { cwd }: CliIo, terminal: Terminal): Promise<number> {
  const configured = await readConfig(cwd, terminal);
  if (!configured) return 1;
  const jobs = clientJobs(invocation, configured, cwd);
  if (jobs.length === 0) throw new UsageError("validate requires a model: clientsmith validate MODEL...");
  if (jobs.length > 1 && invocation.has("service"))
    throw new UsageError(`--service requires a single model, not ${jobs.length}.`);
  const all: Diagnostic[] = [];
  for (const job of jobs) {
    const { diagnostics } = await produce(job);
    terminal.diagnose(diagnostics);
    all.push(...diagnostics);
  }
  const number = (severity: Severity): number => all.filter((diagnostic) => diagnostic.severity === severity).length;
  terminal.result(`${count(number("error"), "error")}, ${count(number("warning"), "warning")}`);
  return number("error") > 0 ? 1 : 0;
}
