import type { Operation } from "@clientsmith/runtime/codegen/v1";
import type { ShapeId } from "../model/model.js";
import { describeFeatures, describeOperation } from "../ir/descriptor.js";
import type { OperationIr, ServiceIr } from "../ir/ir.js";
import { evaluator } from "./jmespath.js";
import { makePart } from "./parts.js";
import { RuntimeShapes } from "./shapes.js";

/** A service's operation descriptors by the name of their function. Generated modules declare them as constants. */
export function runtimeOperations(service: ServiceIr, parts: ReadonlyMap<string, unknown>): Record<string, Operation> {
  const shapes = new RuntimeShapes(service);
  const made = new Map<ShapeId, Operation>();
  const make = (ir: OperationIr): Operation => {
    const known = made.get(ir.id);
    if (known) return known;
    const features = describeFeatures(ir, (id) => {
      const teller = service.operations.find((each) => each.id === id);
      return teller && make(teller);
    });
    const operation = {
      name: ir.name,
      input: shapes.structure(ir.input),
      output: shapes.structure(ir.output),
      errors: ir.errors.flatMap((error) => shapes.error(error) ?? []),
      ...describeOperation(ir, service.protocol),
      ...contextParams(ir),
      ...(features.length > 0 && {
        features: features.map((feature) => makePart(parts, feature.symbol, feature.arguments)),
      }),
      ...(ir.authSchemes && {
        authSchemes: ir.authSchemes.map((scheme) => makePart(parts, scheme.symbol, scheme.arguments ?? [])),
      }),
    } as unknown as Operation;
    made.set(ir.id, operation);
    return operation;
  };
  return Object.fromEntries(
    service.operations.map((ir) => [service.names.operations.get(ir.id)?.function ?? ir.name, make(ir)]),
  );
}

/** The function that reads endpoint parameters from the input. */
function contextParams({ operationContextParams }: OperationIr): Pick<Operation, "operationContextParams"> {
  if (!operationContextParams) return {};
  const finders = Object.entries(operationContextParams).map(([name, path]) => [name, evaluator(path)] as const);
  return {
    operationContextParams: (input) =>
      Object.fromEntries(finders.map(([name, find]) => [name, (find(input) ?? undefined) as string | undefined])),
  };
}
