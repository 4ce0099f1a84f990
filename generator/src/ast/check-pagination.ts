import type { JSONPath } from "jsonc-parser";
import type { CheckContext } from "./check.js";
import type { OperationShape, Shape } from "./model.js";
import { prelude } from "./prelude.js";
import { isJsonObject, type Json } from "./raw.js";

const trait = "smithy.api#paginated";

/** @see https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait */
export function checkPagination(operation: OperationShape, path: JSONPath, context: CheckContext): void {
  const own = operation.traits[trait];
  if (!isJsonObject(own)) return;
  const { shapes, report } = context;
  // What the operation leaves open, its service may say for all.
  const shared = [...shapes.values()].flatMap((shape) => {
    const value = shape.type === "service" ? shape.traits[trait] : undefined;
    return isJsonObject(value) ? [value] : [];
  });
  const pagination: Json = Object.assign({}, ...shared, own) as Json;
  const wrong = (message: string): void =>
    report({
      code: "invalid-trait",
      shapeId: operation.id,
      path: [...path, "traits", trait],
      message: `The trait ${trait} ${message}.`,
    });

  /** What a path of member names leads to from a structure. */
  const follow = (id: string, memberPath: string): Shape | undefined => {
    let shape = shapes.get(id);
    for (const name of memberPath.split(".")) {
      const target: string | undefined = shape?.type === "structure" ? shape.members.get(name)?.target : undefined;
      shape = target === undefined ? undefined : (shapes.get(target) ?? prelude.get(target));
    }
    return shape;
  };
  const check = (name: string, id: string, required: boolean, types: readonly string[]): void => {
    const value = pagination[name];
    if (value === undefined) {
      if (required) wrong(`must say its ${name}`);
      return;
    }
    if (typeof value !== "string") return wrong(`must have a member's name for its ${name}`);
    const shape = follow(id, value);
    if (!shape) wrong(`names ${value} as its ${name}, which ${id} does not have`);
    else if (!types.includes(shape.type))
      wrong(`names ${value} as its ${name}, which is a ${shape.type}, not a ${types.join(" or ")}`);
  };
  check("inputToken", operation.input, true, ["string", "enum", "map", "structure", "integer", "long", "blob"]);
  check("outputToken", operation.output, true, ["string", "enum", "map", "structure", "integer", "long", "blob"]);
  check("items", operation.output, false, ["list", "map"]);
  check("pageSize", operation.input, false, ["byte", "short", "integer", "long", "string"]);
}
