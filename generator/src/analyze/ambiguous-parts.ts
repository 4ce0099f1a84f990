import type { Diagnostic } from "../diagnostics.js";
import type { ServiceIr } from "../ir/ir.js";
import { outsideParts } from "../ir/outside-parts.js";

/**
 * Reports parts of plug-ins that the service uses and that have the name of another one. Generated code imports each name
 * from one module.
 *
 * @param runtimeSymbols names that the runtime exports
 */
export function ambiguousParts(service: ServiceIr, runtimeSymbols: readonly string[]): Diagnostic[] {
  const modules = new Map<string, Set<string>>();
  for (const { symbol, module } of outsideParts(service)) {
    const known = modules.get(symbol) ?? new Set(runtimeSymbols.includes(symbol) ? ["@clientsmith/runtime"] : []);
    modules.set(symbol, known.add(module));
  }
  return [...modules]
    .filter(([, from]) => from.size > 1)
    .map(([symbol, from]) => ({
      severity: "error",
      code: "ambiguous-part",
      shapeId: service.id,
      message:
        `${[...from].join(" and ")} both export ${symbol}, which the package would have to import under one name. ` +
        "Use one of the plug-ins, or rename one of the exports.",
    }));
}
