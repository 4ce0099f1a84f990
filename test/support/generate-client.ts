import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Diagnostic, Source } from "clientsmith";
import { companionNames } from "#generator/model/api2/companion-names.js";
import { root } from "./shared.js";

/** Generated code for a test that knows the names of operations only. */
export type ClientModule = Readonly<Record<string, unknown>>;

export interface GeneratedClient {
  /** Folder of the package, which other tests use as well. */
  readonly folder: string;
  readonly module: ClientModule;
}

export interface GeneratedClientOptions {
  readonly service?: string;
  readonly protocol?: string;
  /** Outputs beside the client. */
  readonly emit?: readonly string[];
  /** Corrections of the model. */
  readonly overlays?: readonly Source[];
}

const cache = join(root, ".cache/generated");

/**
 * A client that is generated from a model file, and imported from its sources. It is generated at the first use of the
 * model and the options, and again only after a change of them or of the generator.
 */
export async function generateClient(
  modelFile: string,
  options: GeneratedClientOptions = {},
): Promise<GeneratedClient> {
  const inputs = [...companionsOf(modelFile), ...(options.overlays ?? [])].map(({ file, text }) => [file, text]);
  const key = hash(JSON.stringify([modelFile, readFileSync(modelFile, "utf8"), inputs, options]));
  const folder = join(cache, sourcesKey(), `${basename(modelFile).replace(/\..*/, "")}-${key}`);
  if (!existsSync(folder)) {
    const draft = `${folder}.${randomUUID()}`;
    await generateInto(draft, modelFile, options);
    moveUnlessThere(draft, folder);
  }
  const module = (await import(join(folder, "src/index.ts"))) as ClientModule;
  return { folder, module };
}

/** Renames a folder, or removes it if another process was faster. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(from, { recursive: true });
  }
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

let knownKey: string | undefined;

/** Hash of the sources that determine what is generated. Clients of other sources are removed. */
function sourcesKey(): string {
  if (knownKey !== undefined) return knownKey;
  const texts = ["generator/src", "runtime/src"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map((file) => [file, readFileSync(file, "utf8")]),
  );
  knownKey = hash(JSON.stringify(texts));
  if (!existsSync(join(cache, knownKey))) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(join(cache, knownKey), { recursive: true });
  }
  return knownKey;
}

/** Files beside a model that belong to it. */
function companionsOf(modelFile: string): Source[] {
  return companionNames(modelFile)
    .filter((file) => existsSync(file))
    .map(sourceOf);
}

function sourceOf(file: string): Source {
  return { file, text: readFileSync(file, "utf8") };
}

/**
 * Generates a client's files into a folder, replacing its contents, and returns the diagnostics. Throws with
 * every diagnostic if there is an error.
 */
export async function generateInto(
  folder: string,
  modelFile: string,
  { overlays = [], ...options }: GeneratedClientOptions = {},
): Promise<readonly Diagnostic[]> {
  // Loaded here, as it takes a second, and most tests find what they need generated.
  const { formatDiagnostic, generate, hasErrors, readModel } = await import("clientsmith");
  const { model, diagnostics } = readModel(sourceOf(modelFile), { overlays, companions: companionsOf(modelFile) });
  if (!model || hasErrors(diagnostics)) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  const result = await generate(model, options);
  if (!result.files) throw new Error(result.diagnostics.map(formatDiagnostic).join("\n"));
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of result.files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return [...diagnostics, ...result.diagnostics];
}
