import { canFail } from "./conditions.js";
import type { Condition, Expression, Property, Rule, Variable } from "./tree.js";

/**
 * Removes variables that are never read. If the value of such a variable may be unset, its condition is kept as a test.
 * Adds variables that are read here and assigned elsewhere to `used`.
 */
export function dropUnused(rules: readonly Rule[], used: Set<Variable>): Rule[] {
  return rules.map((rule) => {
    // Separate for each rule, because a diagram can assign a variable on two paths, of which only one reads it.
    const own = new Set<Variable>();
    const kept = rule.kind === "tree" ? { ...rule, rules: dropUnused(rule.rules, own) } : rule;
    if (rule.kind === "error") readExpression(rule.message, own);
    if (rule.kind === "shared") for (const argument of rule.argv) readExpression(argument, own);
    if (rule.kind === "endpoint") {
      readExpression(rule.url, own);
      for (const [, values] of rule.headers) for (const value of values) readExpression(value, own);
      readProperty(rule.properties, own);
    }
    const conditions = usedConditions(rule.conditions, own);
    for (const { assign } of rule.conditions) if (assign) own.delete(assign);
    for (const variable of own) used.add(variable);
    return { ...kept, conditions };
  });
}

/** Iterates backwards, because a variable is only read by later conditions and by the result. */
function usedConditions(conditions: readonly Condition[], used: Set<Variable>): Condition[] {
  const kept: Condition[] = [];
  for (const { value, assign } of conditions.toReversed()) {
    const isUsed = assign !== undefined && used.has(assign);
    if (!isUsed && !canFail(value)) continue;
    readExpression(value, used);
    kept.unshift({ value, assign: isUsed ? assign : undefined });
  }
  return kept;
}

function readProperty(property: Property, used: Set<Variable>): void {
  if (property.kind === "list") for (const item of property.items) readProperty(item, used);
  else if (property.kind === "map") for (const [, value] of property.entries) readProperty(value, used);
  else readExpression(property, used);
}

function readExpression(expression: Expression, used: Set<Variable>): void {
  switch (expression.kind) {
    case "literal":
      return;
    case "reference":
      used.add(expression.variable);
      return;
    case "template":
      for (const part of expression.parts) if (typeof part !== "string") readExpression(part, used);
      return;
    case "attribute":
      readExpression(expression.of, used);
      return;
    case "call":
      for (const argument of expression.argv) readExpression(argument, used);
  }
}
