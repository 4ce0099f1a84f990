import type { ServiceIr } from "../../ir/ir.js";
import type { Diagnostic } from "../../diagnostics.js";
import { additionProblems, joinAdditions } from "./additions.js";
import { emitClassic } from "./classic.js";
import { emitEndpoint } from "./endpoint.js";
import { emitErrors } from "./errors.js";
import type { EmittedFile, Emission, Emitter, EmitSettings, PackageFile } from "./file.js";
import { emitOperations } from "./operations.js";
import { emitIndex, emitPackage } from "./package.js";
import { emitReadme } from "./readme.js";
import { emitService, emitShapes } from "./service.js";

/** The emitters of the client. */
const modules = [emitIndex, emitService, emitEndpoint, emitErrors, emitShapes, emitOperations, emitClassic] as const;

/** All files of a package: those of the client, those of `others`, and what describes the package. */
export function emitAll(
  ir: ServiceIr,
  settings: EmitSettings,
  others: readonly Emitter[],
): {
  readonly files: readonly PackageFile[];
  /** Paths of the modules that are commands. */
  readonly commands: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const emissions = others.map((emit) => emissionOf(emit(ir, settings)));
  const additions = joinAdditions(emissions.map((emission) => emission.additions));
  const files: readonly PackageFile[] = [
    ...emitPackage(ir, settings, additions),
    ...emitReadme(ir, settings, additions),
    ...modules.flatMap((emit) => emit(ir, settings)),
    ...emissions.flatMap((emission) => emission.files),
  ];
  const commands = new Set(Object.values(additions.bin));
  return { files, commands, diagnostics: [...duplicateFiles(files), ...additionProblems(additions, files, ir)] };
}

function emissionOf(emitted: readonly EmittedFile[] | Emission): Emission {
  return "files" in emitted ? emitted : { files: emitted, additions: {} };
}

function duplicateFiles(files: readonly PackageFile[]): Diagnostic[] {
  const paths = files.map(({ path }) => path);
  const twice = new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
  return [...twice].map((path) => ({
    severity: "error",
    code: "duplicate-file",
    message: `Two emitters generate ${path}. Choose another path in the emitter of the plugin.`,
  }));
}
