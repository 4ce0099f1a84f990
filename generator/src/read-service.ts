import { codegenSymbols } from "@clientsmith/runtime/symbols";
import type { Model } from "./model/model.js";
import { hasErrors } from "./diagnostics.js";
import type { GenerateOptions } from "./options.js";
import { ambiguousParts } from "./analyze/ambiguous-parts.js";
import { buildService, type BuildResult } from "./analyze/build.js";
import { handleTraits } from "./analyze/handle-traits.js";
import { protocols } from "./analyze/protocols.js";
import type { Plugin } from "./plugin.js";

/** Reads a model into the intermediate representation (IR) of its service, without generating files. */
export function readService(
  model: Model,
  options: Pick<GenerateOptions, "service" | "protocol" | "outputs" | "operations"> = {},
  plugin: Plugin = {},
): BuildResult {
  const handled = handleTraits(model, plugin.traits ?? {});
  const { protocols: outside = [], authSchemes = [], features = [] } = plugin;
  const outsideSymbols = [
    ...[...outside, ...authSchemes, ...features].map(({ symbol }) => symbol),
    ...authSchemes.flatMap(({ options: own }) => own?.type ?? []),
  ];
  const { service, draft, diagnostics } = buildService(handled.model, {
    service: options.service,
    protocol: options.protocol,
    outputs: options.outputs,
    operations: options.operations,
    protocols: [...outside, ...protocols],
    authSchemes,
    features,
    customizations: plugin.customizations,
    runtimeSymbols: [...new Set([...Object.keys(codegenSymbols), ...outsideSymbols])],
  });
  const ambiguous = service ? ambiguousParts(service, Object.keys(codegenSymbols)) : [];
  const all = [...handled.diagnostics, ...diagnostics, ...ambiguous];
  return { service: hasErrors(all) ? undefined : service, draft, diagnostics: all };
}
