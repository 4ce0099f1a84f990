/** The generator as a library: reads a model and generates the files of its client. Only the CLI writes files. */
export * from "./model/index.js";
export { type Diagnostic, formatDiagnostic, hasErrors, type Severity } from "./diagnostics.js";
export * from "./generate.js";
export type { GenerateOptions } from "./options.js";
export type * from "./ir/ir.js";
export { emitterNames } from "./emitters/index.js";
export type { Customization } from "./customizations/customization.js";
export type {
  OutsideAuthScheme,
  OutsideFeature,
  OutsideProtocol,
  Plugin,
  TraitCarrier,
  TraitHandler,
  TraitMeaning,
} from "./plugin.js";
export type { Emission, EmitSettings, EmittedFile, Emitter, PackageAdditions } from "./emit/views/file.js";
export { ModelError, serviceModel, type ServiceModelOptions } from "./dynamic-client/service-model.js";
export {
  type ClientConfig,
  type ClientDefaults,
  type ClientsmithConfig,
  defineConfig,
} from "./config/define-config.js";
