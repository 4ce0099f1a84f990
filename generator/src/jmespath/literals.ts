import { literal } from "../text/literal.js";
import { typeOfJson } from "./types.js";
import { type Value, value } from "./value.js";

/** A literal: its code, its type and its value. */
export function literalOf(of: unknown): Value {
  return { ...value(literal(of), typeOfJson(of), of === null), literal: { value: of }, loose: true };
}

/** Null. */
export const nothing: Value = literalOf(null);

/** Truth of a literal. */
export function isTruthy(of: unknown): boolean {
  if (of === null || of === false || of === "") return false;
  return typeof of !== "object" || Object.keys(of).length > 0;
}
