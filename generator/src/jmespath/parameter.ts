import { Compiler, type Surroundings } from "./compile.js";
import { JmespathProblem } from "./syntax.js";
import { nameOf } from "./types.js";
import type { Value } from "./value.js";

/**
 * Compiles the path of an endpoint parameter to a TypeScript expression. Throws a `JmespathProblem` for a path that is
 * invalid, or whose type is not allowed for a parameter.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait
 */
export function compileParameter(path: string, root: Value, surroundings: Surroundings): string {
  const { text, type } = new Compiler(surroundings).compilePath(path, root);
  const isList = type.kind === "list" && type.item.type.kind === "string" && !type.item.nullable;
  if (isList || type.kind === "string" || type.kind === "boolean") return text;
  const problem = "an endpoint parameter is a string, a boolean or a list of strings, but the path leads to";
  throw new JmespathProblem(0, `${problem} ${nameOf(type)}`);
}
