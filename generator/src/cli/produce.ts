import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import type { Model } from "../model/model.js";
import type { Source } from "../model/source/source.js";
import { loadPlugins } from "./plugins.js";
import { messageOf } from "./terminal.js";

/** One model to generate from; plain data, so that a worker thread can be given it. */
export interface Job {
  /** As the user named it. */
  readonly model: string;
  readonly cwd: string;
  readonly overlays: readonly string[];
  readonly plugins: readonly string[];
  readonly service: string | undefined;
  readonly packageName: string | undefined;
  readonly protocol: string | undefined;
}

export interface Product {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined where a diagnostic is an error. */
  readonly output:
    | {
        readonly files: ReadonlyMap<string, string>;
        readonly modelHash: string;
        readonly service: string;
        /** Folder of the package where several are generated at once. */
        readonly folder: string;
      }
    | undefined;
}

/** Reads a model and generates its files in memory. A failure of any kind becomes a diagnostic of this model alone. */
export async function produce(job: Job): Promise<Product> {
  const read = await readModelFile(job);
  if (!read.model) return { diagnostics: read.diagnostics, output: undefined };
  const failed = (code: string, message: string): Product => ({
    diagnostics: [...read.diagnostics, { severity: "error", code, message, file: job.model }],
    output: undefined,
  });
  const loaded = await loadPlugins(job.plugins, job.cwd);
  if ("problem" in loaded) return failed("unusable-plugin", loaded.problem);
  const [{ generate }, { packageFolder }, { placeDiagnostics }] = await Promise.all([
    import("../generate.js"),
    import("../ir/names.js"),
    import("../model/index.js"),
  ]);
  try {
    const options = { service: job.service, packageName: job.packageName, protocol: job.protocol };
    const { files, diagnostics, service } = await generate(read.model, options, loaded.plugin);
    const placed = read.source ? placeDiagnostics(read.source, diagnostics, read.model.origins) : diagnostics;
    const all = [...read.diagnostics, ...placed];
    if (!files || !service || hasErrors(all)) return { diagnostics: all, output: undefined };
    const facts = { modelHash: read.model.hash, service: service.id, folder: packageFolder(service.sdkId) };
    return { diagnostics: all, output: { files, ...facts } };
  } catch (error) {
    return failed(
      "generator-failed",
      `The generator or a plugin failed. ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

/** The checked model of a job, or the diagnostics that say why there is none. */
export async function readModelFile(
  job: Pick<Job, "model" | "cwd" | "overlays">,
): Promise<{ readonly model?: Model; readonly source?: Source; readonly diagnostics: readonly Diagnostic[] }> {
  const sources: Source[] = [];
  const { companionNames, readModel } = await import("../model/index.js");
  const beside = companionNames(job.model).filter((file) => existsSync(resolve(job.cwd, file)));
  for (const file of [job.model, ...beside, ...job.overlays]) {
    try {
      sources.push({ file, text: readFileSync(resolve(job.cwd, file), "utf8") });
    } catch (error) {
      return {
        diagnostics: [
          { severity: "error", code: "unreadable-file", message: `Cannot be read: ${messageOf(error)}.`, file },
        ],
      };
    }
  }
  const [source, ...others] = sources;
  if (!source) return { diagnostics: [] };
  const companions = others.slice(0, beside.length);
  const { model, diagnostics } = readModel(source, { companions, overlays: others.slice(beside.length) });
  return model && !hasErrors(diagnostics) ? { model, source, diagnostics } : { diagnostics };
}
