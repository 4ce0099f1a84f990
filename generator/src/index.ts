/** The generator as a library: read a model, generate its client's files; writing them is the command line's. */
export * from "./ast/index.js";
export { type Diagnostic, formatDiagnostic, hasErrors, type Severity } from "./diagnostics.js";
export * from "./generate.js";
export type * from "./ir/ir.js";
export type { Emitter, EmitSettings, ViewFile } from "./view/file.js";
