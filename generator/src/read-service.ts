import { codegenSymbols } from "@clientsmith/runtime/symbols";
import type { Model } from "./model/model.js";
import { hasErrors } from "./diagnostics.js";
import type { GenerateOptions } from "./options.js";
import { buildService, type BuildResult } from "./analyze/build.js";
import { handleTraits } from "./analyze/handle-traits.js";
import { protocols } from "./analyze/protocols.js";
import type { Plugin } from "./plugin.js";

/** The facts of a model's service, without generating anything. */
export function readService(
  model: Model,
  options: Pick<GenerateOptions, "service" | "protocol"> = {},
  plugin: Plugin = {},
): BuildResult {
  const handled = handleTraits(model, plugin.traits ?? {});
  const outside = plugin.protocols ?? [];
  const { service, diagnostics } = buildService(handled.model, {
    service: options.service,
    protocol: options.protocol,
    protocols: [...outside, ...protocols],
    customizations: plugin.customizations,
    runtimeSymbols: [...new Set([...Object.keys(codegenSymbols), ...outside.map(({ symbol }) => symbol)])],
  });
  const all = [...handled.diagnostics, ...diagnostics];
  return { service: hasErrors(all) ? undefined : service, diagnostics: all };
}
