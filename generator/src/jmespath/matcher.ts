import type { PathMatcherIr } from "../ir/ir.js";
import { stringLiteral } from "../text/literal.js";
import { Compiler, type Surroundings } from "./compile.js";
import { JmespathProblem } from "./syntax.js";
import { nameOf } from "./types.js";
import { call, tight, type Value, value } from "./value.js";

/**
 * Compiles a matcher to a boolean TypeScript expression. Throws a `JmespathProblem` for a path that is invalid, or
 * that never leads to what the comparator compares.
 *
 * @see https://smithy.io/2.0/additional-specs/waiters.html#pathmatcher-structure
 */
export function compileMatcher(matcher: PathMatcherIr, root: Value, surroundings: Surroundings): string {
  const { path, comparator, expected } = matcher;
  const compiler = new Compiler(surroundings);
  const found = compiler.compilePath(path, root);
  const text = stringLiteral(expected);
  const isAny = found.type.kind === "any";
  switch (comparator) {
    case "stringEquals":
      if (isAny) return equals(compiler, found, text);
      expectKind(found, "string", comparator);
      return `${tight(found)} === ${text}`;
    case "booleanEquals":
      if (expected !== "true" && expected !== "false")
        throw new JmespathProblem(0, `booleanEquals expects true or false, not ${text}`);
      if (isAny) return equals(compiler, found, expected);
      expectKind(found, "boolean", comparator);
      if (found.nullable) return `${tight(found)} === ${expected === "true"}`;
      return expected === "true" ? found.text : `!${tight(found)}`;
    case "anyStringEquals": {
      const list = stringsOf(found, comparator, compiler);
      const { text: includes } = call(list, "includes", text);
      return list.nullable ? `${includes} ?? false` : includes;
    }
    case "allStringEquals":
      return `${compiler.runtime("isEach")}(${stringsOf(found, comparator, compiler).text}, ${text})`;
  }
}

/** A list of strings. Nulls never equal a string, so they need not be removed. */
function stringsOf(found: Value, comparator: string, compiler: Compiler): Value {
  const { type } = found;
  if (type.kind === "any") return value(`${compiler.runtime("asList")}(${found.text})`, type, true);
  if (type.kind === "list" && (type.item.type.kind === "string" || type.item.type.kind === "any")) {
    return found.withNulls ?? found;
  }
  const of = type.kind === "list" ? `a list, each item ${nameOf(type.item.type)}` : nameOf(type);
  throw new JmespathProblem(0, `${comparator} requires a list of strings, but the result is ${of}`);
}

/** TypeScript rejects `===` for types that never overlap. */
function equals(compiler: Compiler, found: Value, text: string): string {
  return `${compiler.runtime("isDeepEqual")}(${found.text}, ${text})`;
}

function expectKind(found: Value, kind: "string" | "boolean", comparator: string): void {
  if (found.type.kind === kind) return;
  throw new JmespathProblem(0, `${comparator} requires a ${kind}, but the result is ${nameOf(found.type)}`);
}
