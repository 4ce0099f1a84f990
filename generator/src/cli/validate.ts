import type { Diagnostic, Severity } from "../diagnostics.js";
import { type Invocation, UsageError } from "./commands.js";
import { modelsOf } from "./model-files.js";
import { produce } from "./produce.js";
import { count, type CliIo, type Terminal } from "./terminal.js";

/** Runs `clientsmith validate`: generates in memory, so that it reports every problem that `generate` would report. */
export async function runValidate({ models, value }: Invocation, { cwd }: CliIo, terminal: Terminal): Promise<number> {
  const given = modelsOf(models, cwd);
  if (given.length === 0) throw new UsageError("validate requires a model: clientsmith validate MODEL...");
  const service = value("service");
  if (given.length > 1 && service !== undefined)
    throw new UsageError(`--service requires a single model, not ${given.length}.`);
  const all: Diagnostic[] = [];
  for (const model of given) {
    const job = {
      model,
      cwd,
      overlays: [],
      plugins: [],
      service,
      packageName: undefined,
      protocol: undefined,
    };
    const { diagnostics } = await produce(job);
    terminal.diagnose(diagnostics);
    all.push(...diagnostics);
  }
  const number = (severity: Severity): number => all.filter((diagnostic) => diagnostic.severity === severity).length;
  terminal.result(`${count(number("error"), "error")}, ${count(number("warning"), "warning")}`);
  return number("error") > 0 ? 1 : 0;
}
