import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  companionNames,
  type Diagnostic,
  formatDiagnostic,
  generate,
  hasErrors,
  readModel,
  type Source,
} from "clientsmith";
import { root } from "./shared.js";

/** Generated code for a test that knows the names of operations only. */
export type ClientModule = Readonly<Record<string, unknown>>;

export interface GeneratedClient {
  /** Folder of the package. */
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

/**
 * Generates a client from a model file into the repository's cache folder and imports it from its sources. Test files
 * run in parallel: if several generate from one model, each needs its own `name`.
 */
export async function generateClient(
  modelFile: string,
  { name = basename(modelFile, ".json"), ...options }: GeneratedClientOptions & { readonly name?: string } = {},
): Promise<GeneratedClient> {
  const folder = join(root, ".cache", "generated", name);
  await generateInto(folder, modelFile, options);
  const module = (await import(join(folder, "src/index.ts"))) as ClientModule;
  return { folder, module };
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
  const source = (file: string): Source => ({ file, text: readFileSync(file, "utf8") });
  const companions = companionNames(modelFile)
    .filter((file) => existsSync(file))
    .map(source);
  const { model, diagnostics } = readModel(source(modelFile), { overlays, companions });
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
