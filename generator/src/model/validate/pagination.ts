import type { BoundService, CheckContext } from "./context.js";
import { isJsonObject, type Json } from "../source/json.js";
import type { OperationShape, Shape } from "../model.js";
import { quote, withArticle } from "../source/quote.js";

const trait = "smithy.api#paginated";
/** Types of tokens. Smithy requires strings, but services also paginate by keys and numbers. */
const tokens: readonly string[] = ["string", "enum", "map", "structure", "integer", "long", "blob"];

/** Checks that members of pagination traits exist. A service may set defaults for its operations. */
export function checkPagination(context: CheckContext, services: readonly BoundService[]): void {
  for (const { service, closure } of services) {
    const shared = service.traits[trait];
    for (const operation of closure.operations) {
      const own = operation.traits[trait];
      if (isJsonObject(own)) check(operation, { ...(isJsonObject(shared) && shared), ...own }, context);
    }
  }
}

/** @see https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait */
function check(operation: OperationShape, pagination: Json, context: CheckContext): void {
  const problem = (what: string): void => context.invalidTrait(trait, operation.id, what);
  const checkPath = (name: string, side: "input" | "output", types: readonly string[]): void => {
    const path = pagination[name];
    if (path === undefined) {
      if (name === "inputToken" || name === "outputToken") problem(`must have an ${name}`);
    } else if (typeof path !== "string") problem(`must have a member's name for its ${name}`);
    else {
      const shape = follow(operation[side], path, context);
      if (!shape) problem(`names ${quote(path)} as its ${name}, which the ${side} does not have`);
      else if (!types.includes(shape.type)) {
        problem(
          `names ${quote(path)} as its ${name}, which is ${withArticle(shape.type)}, not a ${types.join(" or ")}`,
        );
      }
    }
  };
  checkPath("inputToken", "input", tokens);
  checkPath("outputToken", "output", tokens);
  checkPath("items", "output", ["list", "map"]);
  checkPath("pageSize", "input", ["byte", "short", "integer", "long", "string"]);
}

/** The shape at a path of member names. */
function follow(id: string, path: string, context: CheckContext): Shape | undefined {
  let shape = context.find(id);
  for (const name of path.split(".")) {
    const target: string | undefined = shape?.type === "structure" ? shape.members.get(name)?.target : undefined;
    if (target === undefined) return undefined;
    shape = context.find(target);
  }
  return shape;
}
