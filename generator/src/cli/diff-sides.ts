import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Configured } from "../config/configured-clients.js";
import type { Side } from "../diff/compare.js";
import { endpointCases } from "../diff/endpoint-cases.js";
import { readFacts } from "../diff/read-facts.js";
import type { ChangePlace } from "../diff/report.js";
import { readSnapshot, snapshotName } from "../diff/snapshot.js";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import type { GenerateOptions } from "../options.js";
import type { Plugin } from "../plugin.js";
import { readService } from "../read-service.js";
import { isRecord } from "../write/disk.js";
import { manifestName } from "../write/index.js";
import { type ClientJob, clientJob, clientJobs } from "./client-jobs.js";
import { type Invocation, UsageError } from "./invocation.js";
import { isRevision } from "./model-source.js";
import { loadPlugins } from "./plugins.js";
import { readModelFiles } from "./produce.js";
import type { CliIo, Terminal } from "./terminal.js";

/** What one argument of `clientsmith diff` names. */
export interface DiffSide extends Side {
  /** As the user named it. */
  readonly name: string;
  /** Equal where both sides are the same model. */
  readonly identity: string;
  /** Of a generated package. */
  readonly version: string | undefined;
  /** Where shapes are in the file; all at once, as that reads the file once more. */
  readonly placesOf: (shapeIds: readonly string[]) => ReadonlyMap<string, ChangePlace>;
}

type Options = Pick<GenerateOptions, "service" | "protocol" | "outputs" | "operations">;

/** What is compared, and the folder that the config names for the new client. */
export interface DiffRequest {
  readonly old: string;
  readonly new: string;
  readonly job: ClientJob;
}

/**
 * What a command line asks to be compared: two models or packages, or, where it names none, each package of the config file
 * and its model.
 */
export function diffRequests(invocation: Invocation, configured: Configured, cwd: string): DiffRequest[] {
  const [before, after, ...others] = invocation.models;
  if (before === undefined && configured.clients.length > 0) {
    return clientJobs(invocation, configured, cwd).map((job) => ({
      old: relative(cwd, job.out ?? cwd) || ".",
      new: job.model[0],
      job,
    }));
  }
  if (before === undefined || after === undefined || others.length > 0) {
    throw new UsageError("diff requires two models: clientsmith diff OLD NEW.");
  }
  const jobs = [before, after].map((name) => clientJob([name], configured.of([name]), invocation, cwd));
  // The client of either side that the config file has.
  const job = jobs.find(({ out }) => out !== undefined) ?? jobs[1];
  return job ? [{ old: before, new: after, job }] : [];
}

/** Both sides, or undefined if one cannot be read; its problems were printed. */
export async function readDiffSides(
  { old: before, new: after, job }: DiffRequest,
  { cwd }: CliIo,
  terminal: Terminal,
): Promise<readonly [DiffSide, DiffSide] | undefined> {
  const loaded = await loadPlugins(job.plugins, cwd);
  if ("problem" in loaded) {
    terminal.error(loaded.problem);
    return undefined;
  }
  const packages = [before, after].map((name) => (isPackage(name, cwd) ? readPackage(name, cwd) : undefined));
  const kept = packages.find((side) => typeof side === "object");
  // A model is read as the package beside it was generated.
  const options: Options = {
    service: job.service,
    protocol: job.protocol ?? kept?.facts.protocol,
    outputs: job.outputs ?? kept?.facts.outputs,
    operations: job.operations,
  };
  const sides: DiffSide[] = [];
  for (const [index, name] of [before, after].entries()) {
    const side =
      packages[index] ?? (await readModelSide(name, { cwd, overlays: job.overlays, options, plugin: loaded.plugin }));
    if (typeof side === "string") terminal.error(side);
    else if ("diagnostics" in side) terminal.diagnose(side.diagnostics);
    else sides.push(side);
  }
  const [old, now] = sides;
  return old && now && [old, now];
}

function isPackage(name: string, cwd: string): boolean {
  const path = resolve(cwd, name);
  const isOwn = existsSync(join(path, manifestName)) || existsSync(join(path, snapshotName));
  return !isRevision(name) && existsSync(path) && statSync(path).isDirectory() && isOwn;
}

/** What a generated package records about itself, or why it cannot be read. */
function readPackage(name: string, cwd: string): DiffSide | string {
  const folder = resolve(cwd, name);
  const file = join(folder, snapshotName);
  if (!existsSync(file) || !existsSync(join(folder, manifestName))) {
    return `${name}: the folder has no ${snapshotName}, so it is no package that this version of clientsmith generated.`;
  }
  const text = readFileSync(file, "utf8");
  const facts = readSnapshot(text);
  if (!facts) return `${file}: it is not what this version of clientsmith writes; generate the package once more.`;
  return {
    name,
    facts,
    identity: generatedFrom(folder),
    version: versionOf(join(folder, "package.json")),
    endpointCases: [],
    placesOf: () => new Map(),
  };
}

/** Hash of the model that a package was generated from. */
function generatedFrom(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, manifestName), "utf8"));
  const model = isRecord(manifest) ? manifest["model"] : undefined;
  return isRecord(model) ? String(model["hash"]) : "";
}

function versionOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  return isRecord(manifest) && typeof manifest["version"] === "string" ? manifest["version"] : undefined;
}

interface ModelContext {
  readonly cwd: string;
  readonly overlays: readonly string[];
  readonly options: Options;
  readonly plugin: Plugin;
}

async function readModelSide(
  name: string,
  { cwd, overlays, options, plugin }: ModelContext,
): Promise<DiffSide | { readonly diagnostics: readonly Diagnostic[] }> {
  const { model, place, diagnostics } = await readModelFiles({ model: [name], cwd, overlays });
  if (!model) return { diagnostics };
  const read = readService(model, options, plugin);
  if (!read.service || hasErrors(read.diagnostics))
    return { diagnostics: [...diagnostics, ...place(read.diagnostics)] };
  const facts = readFacts(read.service);
  return {
    name,
    facts,
    identity: model.hash,
    version: undefined,
    endpointCases: endpointCases(model, facts.id),
    placesOf: (shapeIds) => {
      const asked = shapeIds.map((shapeId) => ({ severity: "note", code: "", message: "", shapeId }) as const);
      return new Map(
        place(asked).flatMap(({ shapeId = "", file, line, column }) =>
          file === undefined || line === undefined || column === undefined
            ? []
            : [[shapeId, { file, line, column }] as const],
        ),
      );
    },
  };
}
