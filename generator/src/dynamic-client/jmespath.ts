import { compareNumbers, isDeepEqual, isEach, isTruthy } from "@clientsmith/runtime/codegen/v1";
import type { PathMatcherIr } from "../ir/ir.js";
import { parse } from "../jmespath/parse.js";
import type { Expression, SliceBounds } from "../jmespath/syntax.js";
import { call } from "./jmespath-functions.js";

/**
 * A JMESPath expression as a function of the runtime's values. It returns the same result as the compiled expression.
 * The compiler must have type checked it before.
 *
 * @see https://jmespath.org/specification.html
 */
export function evaluator(path: string): (root: unknown) => unknown {
  const expression = parse(path);
  return (root) => evaluate(expression, root);
}

/** A waiter's matcher as a function. @see https://smithy.io/2.0/additional-specs/waiters.html#pathmatcher-structure */
export function evaluateMatcher({ path, comparator, expected }: PathMatcherIr): (root: unknown) => boolean {
  const find = evaluator(path);
  switch (comparator) {
    case "stringEquals":
      return (root) => find(root) === expected;
    case "booleanEquals":
      return (root) => find(root) === (expected === "true");
    case "anyStringEquals":
      return (root) => listOf(find(root))?.includes(expected) ?? false;
    case "allStringEquals":
      return (root) => isEach(listOf(find(root)), expected);
  }
}

/** Evaluates an expression on `current`. Null and undefined are equivalent. */
export function evaluate(expression: Expression, current: unknown): unknown {
  switch (expression.kind) {
    case "current":
      return current;
    case "field":
      return fieldOf(current, expression.name);
    case "literal":
      return expression.value;
    case "chain":
      return evaluate(expression.right, evaluate(expression.left, current));
    case "index":
      return listOf(evaluate(expression.of, current))?.at(expression.index);
    case "slice":
      return sliced(listOf(evaluate(expression.of, current)), expression.bounds);
    case "flatten":
      return listOf(evaluate(expression.of, current))?.flat();
    case "filter":
      return listOf(evaluate(expression.of, current))?.filter((item) => isTruthy(evaluate(expression.condition, item)));
    case "values":
      return valuesOf(evaluate(expression.of, current));
    case "projection":
      return listOf(evaluate(expression.of, current))
        ?.map((item) => evaluate(expression.each, item))
        .filter((item) => !isMissing(item));
    case "list":
      return isMissing(current) ? undefined : expression.items.map((item) => evaluate(item, current));
    case "hash":
      if (isMissing(current)) return undefined;
      return Object.fromEntries(expression.entries.map(([name, each]) => [name, evaluate(each, current)]));
    case "and": {
      const left = evaluate(expression.left, current);
      return isTruthy(left) ? evaluate(expression.right, current) : left;
    }
    case "or": {
      const left = evaluate(expression.left, current);
      return isTruthy(left) ? left : evaluate(expression.right, current);
    }
    case "not":
      return !isTruthy(evaluate(expression.of, current));
    case "comparison":
      return compared(expression, current);
    case "call":
      return call(expression.name, expression.arguments, current, evaluate);
    case "reference":
      throw new Error("& is only allowed where a function expects an expression");
  }
}

function compared(expression: Extract<Expression, { kind: "comparison" }>, current: unknown): boolean | undefined {
  const { comparator } = expression;
  const left = evaluate(expression.left, current);
  const right = evaluate(expression.right, current);
  if (comparator === "==") return isDeepEqual(left, right);
  if (comparator === "!=") return !isDeepEqual(left, right);
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  return compareNumbers(number(left), comparator, number(right));
}

/** An own member of a value. Inherited members of objects do not count. */
function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function valuesOf(value: unknown): unknown[] | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.values(value);
}

/** JMESPath's slices equal JavaScript's if the step is 1. Other steps skip items, negative ones reverse the list. */
function sliced(list: readonly unknown[] | undefined, { start, stop, step }: SliceBounds): unknown[] | undefined {
  const turn = (bound: number | undefined): number | undefined => (bound === undefined ? undefined : 0 - (bound + 1));
  const turned = step < 0 ? list?.toReversed() : list;
  const [from = 0, to] = step < 0 ? [turn(start), turn(stop)] : [start, stop];
  return turned?.slice(from, to).filter((_, index) => index % Math.abs(step) === 0);
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}
