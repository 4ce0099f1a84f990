import type { CheckContext } from "./context.js";
import { exampleProblems } from "../smithy/example-values.js";
import { isJsonObject, type Json } from "../source/json.js";
import type { OperationShape, ShapeId } from "../model.js";
import { quote } from "../source/quote.js";

const trait = "smithy.api#examples";

/**
 * Checks that values of examples match their shapes. Problems are warnings, because examples are only documentation and
 * those of real models are often inexact.
 */
export function checkExamples(context: CheckContext): void {
  for (const operation of context.shapes.values()) {
    const examples = operation.type === "operation" ? operation.traits[trait] : undefined;
    if (operation.type !== "operation" || !Array.isArray(examples)) continue;
    for (const [index, example] of (examples as unknown[]).entries()) {
      if (!isJsonObject(example)) continue;
      const warn = (problems: readonly string[], consequence: string): void => {
        const [first, ...others] = problems;
        if (first === undefined) return;
        const more = others.length > 0 ? ` (and ${others.length} more)` : "";
        const title = typeof example["title"] === "string" ? quote(example["title"]) : index + 1;
        const message = `In the example ${title}, ${first}${more}. ${consequence}`;
        context.warning("invalid-example", operation.id, message, context.locationOf(trait, operation.id, index));
      };
      warn(inputProblems(example, operation, context), "The documentation leaves the example out.");
      warn(outputProblems(example, operation, context), "The documentation shows calls only, so nothing comes of it.");
    }
  }
}

function inputProblems(example: Json, { input }: OperationShape, context: CheckContext): string[] {
  return partProblems("input", example["input"] ?? {}, input, example, context);
}

function outputProblems(
  { output, error, ...example }: Json,
  operation: OperationShape,
  context: CheckContext,
): string[] {
  const found = output === undefined ? [] : partProblems("output", output, operation.output, example, context);
  if (error === undefined) return found;
  if (!isJsonObject(error) || typeof error["shapeId"] !== "string") return [...found, "error has no shapeId"];
  const { shapeId, content = {} } = error;
  if (context.find(shapeId)) return [...found, ...partProblems("error", content, shapeId, example, context)];
  return [...found, `error names ${quote(shapeId)}, which is not there`];
}

function partProblems(part: string, value: unknown, id: ShapeId, example: Json, context: CheckContext): string[] {
  const shape = context.find(id);
  const isPartial = example["allowConstraintErrors"] === true;
  return shape ? exampleProblems(value, shape, part, { find: (target) => context.find(target), isPartial }) : [];
}
