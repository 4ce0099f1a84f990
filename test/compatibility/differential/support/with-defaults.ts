import { type Ast, shapeOf } from "../../../conformance/support/model-values.js";

/** A value as a client that knows the model's defaults gives it: those of absent members filled in, at every depth. */
export function withDefaults(ast: Ast, target: string, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  const shape = shapeOf(ast, target);
  switch (shape.type) {
    case "list":
    case "set":
      return (value as unknown[]).map((item) => withDefaults(ast, shape.member?.target ?? "", item));
    case "map":
      return mapped(value, (_key, item) => withDefaults(ast, shape.value?.target ?? "", item));
    case "union":
      return mapped(value, (name, item) => withDefaults(ast, shape.members?.[name]?.target ?? "", item));
    case "structure": {
      const defaults = Object.entries(shape.members ?? {})
        .map(([name, { traits }]) => [name, traits?.["smithy.api#default"]] as const)
        .filter(([, item]) => item !== undefined && item !== null);
      const members = mapped(value, (name, item) => withDefaults(ast, shape.members?.[name]?.target ?? "", item));
      return { ...Object.fromEntries(defaults), ...members };
    }
    default:
      return value;
  }
}

function mapped(value: unknown, map: (name: string, item: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value as object).map(([name, item]) => [name, map(name, item)]));
}
