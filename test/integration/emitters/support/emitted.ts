import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatDiagnostic, generate, readModel, type ServiceIr } from "clientsmith";
import { root } from "../../../support/shared.js";

export interface EmittedPackage {
  readonly folder: string;
  readonly service: ServiceIr;
  /** Imports a module of its sources. */
  load<Module>(path: string): Promise<Module>;
}

/** Generates a package with other outputs than the client into the cache folder. */
export async function emitPackage(
  name: string,
  emit: readonly string[],
  modelFile: string = join(root, "model/cloudtrail.json"),
): Promise<EmittedPackage> {
  const { model, diagnostics } = readModel({ file: modelFile, text: readFileSync(modelFile, "utf8") });
  const result = model && (await generate(model, { emit }));
  if (!result?.files || !result.service) {
    throw new Error([...diagnostics, ...(result?.diagnostics ?? [])].map(formatDiagnostic).join("\n"));
  }
  const folder = join(root, ".cache/emitted", name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of result.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    folder,
    service: result.service,
    load: async (path) => (await import(join(folder, "src", path))) as never,
  };
}
