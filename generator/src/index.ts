/** The generator as a library: read a model, generate its client's files; writing them is the command line's. */
export * from "./ast/index.js";
export { type Diagnostic, formatDiagnostic, hasErrors, type Severity } from "./diagnostics.js";
export * from "./generate.js";
export type * from "./ir/ir.js";
export type { Customization } from "./customizations/customization.js";
export type { ProtocolSupport } from "./ir/protocols.js";
export type { OutsideProtocol, Plugin, TraitCarrier, TraitHandler, TraitMeaning } from "./plugin.js";
export type { Emitter, EmitSettings, ViewFile } from "./view/file.js";
export { ModelError, serviceModel, type ServiceModelOptions } from "./runtime-model/service-model.js";
