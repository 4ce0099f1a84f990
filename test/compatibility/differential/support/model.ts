import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "../../../support/fast-check.js";
import type { Ast, AstShape } from "../../../conformance/support/model-values.js";
import { arbitraryValue } from "../../../support/arbitrary-input.js";
import { root } from "../../../support/shared.js";

/** Every run makes the same values. */
export const seed = 20131101;

interface Target {
  readonly target: string;
}

export interface ModelOperation {
  readonly name: string;
  /** Ids of its shapes. */
  readonly input: string;
  readonly output: string;
  readonly errors: readonly string[];
}

/** What the comparisons need of a model. */
export interface ServiceFacts {
  readonly model: Ast;
  /** The service's operations, in the order of the model. */
  readonly operations: readonly ModelOperation[];
  /** A valid input with nothing but the required members, for calls whose response is what counts. */
  leastInput(operation: string): object;
}

export function readServiceFacts(file: string): ServiceFacts {
  const model = JSON.parse(readFileSync(file, "utf8")) as Ast;
  const service = Object.values(model.shapes).find((shape) => shape.type === "service");
  const operations = ((service?.["operations"] ?? []) as Target[]).map(({ target }) => {
    const shape = model.shapes[target] as AstShape & { input: Target; output: Target; errors?: Target[] };
    const errors = [...(shape.errors ?? []), ...((service?.["errors"] ?? []) as Target[])];
    return {
      name: localName(target),
      input: shape.input.target,
      output: shape.output.target,
      errors: errors.map((error) => error.target),
    };
  });
  const leastInput = (operation: string): object => {
    const found = operations.find(({ name }) => name === operation);
    if (!found) throw new Error(`the model has no operation ${operation}`);
    const [value] = fc.sample(arbitraryValue(model, found.input, "none"), { seed, numRuns: 1 });
    return value as object;
  };
  return { model, operations, leastInput };
}

/** Of CloudTrail. */
export const { model, operations, leastInput } = readServiceFacts(join(root, "model/cloudtrail.json"));

export function localName(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}
