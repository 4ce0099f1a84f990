import type { OperationShape, ShapeId } from "../model/model.js";
import { quote } from "../model/source/quote.js";
import type { Diagnostic } from "../diagnostics.js";
import { compileParameter } from "../jmespath/parameter.js";
import { rootOf } from "../jmespath/root.js";
import { JmespathProblem } from "../jmespath/syntax.js";
import type { OperationIr, ShapeIr, StructureIr } from "../ir/ir.js";
import { recordTrait } from "./traits.js";

/**
 * `smithy.rules#operationContextParams` of an operation, by parameter. A parameter whose path cannot match any value is
 * omitted, with a warning.
 */
export function readOperationContextParams(
  { id, traits }: OperationShape,
  input: StructureIr | undefined,
  shapes: ReadonlyMap<ShapeId, ShapeIr>,
  report: (diagnostic: Diagnostic) => void,
): OperationIr["operationContextParams"] {
  const trait = recordTrait(traits, "smithy.rules#operationContextParams");
  if (!trait) return undefined;
  const params = Object.keys(trait).flatMap((name) => {
    const path = recordTrait(trait, name)?.["path"];
    const problem = typeof path === "string" ? pathProblem(path, input, shapes) : "path is missing.";
    if (typeof path === "string" && problem === undefined) return [[name, path] as const];
    const message = `The endpoint parameter ${quote(name)} is not taken from the input: ${problem}`;
    report({ severity: "warning", code: "unusable-context-param", shapeId: id, message });
    return [];
  });
  return params.length === 0 ? undefined : Object.fromEntries(params);
}

function pathProblem(
  path: string,
  input: StructureIr | undefined,
  shapes: ReadonlyMap<ShapeId, ShapeIr>,
): string | undefined {
  try {
    compileParameter(path, rootOf("input", input), { shapes, runtime: {} });
    return undefined;
  } catch (error) {
    if (!(error instanceof JmespathProblem)) throw error;
    return `at character ${error.at + 1} of ${quote(path)}: ${error.message}.`;
  }
}
