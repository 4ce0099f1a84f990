import type { Expression } from "./syntax.js";

/** How often the code of an expression uses its current value. Multiselects bind it to a name themselves. */
export function uses(expression: Expression): number {
  switch (expression.kind) {
    case "literal":
      return 0;
    case "chain":
      return uses(expression.left);
    case "and":
    case "or":
    case "comparison":
      return uses(expression.left) + uses(expression.right);
    case "call":
      return expression.arguments.reduce((sum, each) => sum + uses(each), 0);
    case "current":
    case "field":
    case "list":
    case "hash":
    case "reference":
      return 1;
    default:
      return uses(expression.of);
  }
}
