import type { EndpointCase } from "../diff/compare-endpoints.js";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import type { OutputTypes } from "../ir/ir.js";
import type { Draft } from "../model/index.js";
import type { Model } from "../model/model.js";
import { sourceExists } from "./model-source.js";
import { modelFiles, type ModelPaths, readSources } from "./model-files.js";
import { loadPlugins } from "./plugins.js";

/** One model to generate from. Plain data, so that it can be posted to a worker thread. */
export interface Job {
  /** Paths of the model, as the user wrote them. */
  readonly model: ModelPaths;
  readonly cwd: string;
  readonly overlays: readonly string[];
  readonly plugins: readonly string[];
  /** Names of emitters that ship with the generator. */
  readonly emit: readonly string[];
  readonly service: string | undefined;
  readonly packageName: string | undefined;
  readonly protocol: string | undefined;
  readonly outputs: OutputTypes | undefined;
  readonly operations: readonly string[] | undefined;
}

export interface Product {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined if a diagnostic is an error. */
  readonly output:
    | {
        readonly files: ReadonlyMap<string, string>;
        readonly modelHash: string;
        readonly service: string;
        /** Name of the package's folder, if several packages are generated at once. */
        readonly folder: string;
        /** Parameters that the model tests its endpoint rules with. */
        readonly endpointCases: readonly EndpointCase[];
      }
    | undefined;
}

/** Reads a model and generates its files in memory. Any failure becomes a diagnostic of this model only. */
export async function produce(job: Job): Promise<Product> {
  const read = await readModelFiles(job);
  if (!read.model) return { diagnostics: await withLaterProblems(read, job), output: undefined };
  const failed = (code: string, message: string): Product => ({
    diagnostics: [...read.diagnostics, { severity: "error", code, message, file: job.model[0] }],
    output: undefined,
  });
  const loaded = await loadPlugins(job.plugins, job.cwd);
  if ("problem" in loaded) return failed("unusable-plugin", loaded.problem);
  const [{ generate }, { packageFolder }, { endpointCases }, { readFacts }, { snapshotName, snapshotText }] =
    await Promise.all([
      import("../generate.js"),
      import("../ir/names.js"),
      import("../diff/endpoint-cases.js"),
      import("../diff/read-facts.js"),
      import("../diff/snapshot.js"),
    ]);
  try {
    const { service: wanted, packageName, protocol, outputs, operations, emit } = job;
    const options = { service: wanted, packageName, protocol, outputs, operations, emit };
    const { files, diagnostics, service } = await generate(read.model, options, loaded.plugin);
    const all = [...read.diagnostics, ...read.place(diagnostics)];
    if (!files || !service || hasErrors(all)) return { diagnostics: all, output: undefined };
    const facts = {
      modelHash: read.model.hash,
      service: service.id,
      folder: packageFolder(service.sdkId),
      endpointCases: endpointCases(read.model, service.id),
    };
    const kept = new Map([...files, [snapshotName, snapshotText(readFacts(service))]]);
    return { diagnostics: all, output: { files: kept, ...facts } };
  } catch (error) {
    return failed(
      "generator-failed",
      `The generator or a plugin failed. ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

/**
 * The diagnostics of a model with errors, and those that generating its client would find, so that one run shows all.
 * What may follow from an error that is reported already is left out: problems of the same shape, or of a member that
 * could not be read.
 */
async function withLaterProblems({ draft, diagnostics, place }: ModelRead, job: Job): Promise<readonly Diagnostic[]> {
  if (!draft) return diagnostics;
  const loaded = await loadPlugins(job.plugins, job.cwd);
  if ("problem" in loaded) return diagnostics;
  const { generate } = await import("../generate.js");
  const { service, protocol, operations } = job;
  const known = new Set(diagnostics.filter(isError).map(({ shapeId }) => ownerOf(shapeId)));
  const isIndependent = ({ shapeId, message }: Diagnostic): boolean =>
    !(shapeId !== undefined && known.has(ownerOf(shapeId))) &&
    !(message.match(/\w+/g) ?? []).some((word) => draft.leftOut.has(word));
  try {
    const later = await generate(draft.model, { service, protocol, operations }, loaded.plugin);
    return [...diagnostics, ...place(later.diagnostics.filter(isIndependent))];
  } catch {
    // An error of the model, which is reported, broke the generator or a plugin.
    return diagnostics;
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** The shape of a member. */
function ownerOf(shapeId: string | undefined): string | undefined {
  return shapeId?.split("$")[0];
}

/** Result of reading a model. Without a model, the diagnostics explain why. */
export interface ModelRead {
  readonly model?: Model;
  /** What could be read in spite of errors. */
  readonly draft?: Draft;
  readonly diagnostics: readonly Diagnostic[];
  readonly place: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
}

/** Reads the files of a model. */
export async function readModelFiles({
  model: paths,
  cwd,
  overlays,
}: Pick<Job, "model" | "cwd" | "overlays">): Promise<ModelRead> {
  const { companionNames, readModel } = await import("../model/index.js");
  const found = modelFiles(paths, cwd);
  const [only = "", ...more] = found.files;
  const beside = more.length > 0 ? [] : companionNames(only).filter((file) => sourceExists(file, cwd));
  const sources = readSources(found.files, cwd);
  const companions = readSources(beside, cwd);
  const corrections = readSources(overlays, cwd);
  const diagnostics = [found, sources, companions, corrections].flatMap((each) => each.diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics, place: (others) => others };
  const { model, draft, place, ...checked } = readModel(sources.sources, {
    companions: companions.sources,
    overlays: corrections.sources,
  });
  diagnostics.push(...checked.diagnostics);
  if (model && !hasErrors(diagnostics)) return { model, diagnostics, place };
  return { ...(draft && { draft }), diagnostics, place };
}
