import { isCall } from "./expressions.js";
import { Facts } from "./facts.js";
import type { Condition, Expression, Rule, RuleSet } from "./tree.js";

/**
 * Returns an equivalent, shorter rule set: without conditions that are known to hold and without unreachable rules. The
 * first matching rule decides, so a rule is only tried if the rules before it do not match.
 */
export function simplifyRuleSet({ parameters, rules }: RuleSet): RuleSet {
  return { parameters, rules: simplifyRules(rules, new Facts()) };
}

/** Whether a rule always matches. */
export function alwaysMatches(rule: Rule): boolean {
  return rule.conditions.every(({ value, assign }) => assign !== undefined && !canFail(value));
}

/** Whether a condition with this value may be false or unset. */
export function canFail(value: Expression): boolean {
  if (value.kind === "literal") return value.value === false;
  return value.optional || value.type === "boolean";
}

function simplifyRules(rules: readonly Rule[], outer: Facts): Rule[] {
  const facts = new Facts(outer);
  const kept: Rule[] = [];
  for (const rule of rules) {
    const simplified = simplifyRule(rule, facts);
    if (!simplified) continue;
    const merged = mergedRule(kept.at(-1), simplified);
    if (merged) kept.pop();
    kept.push(merged ?? simplified);
    if (alwaysMatches(simplified)) break;
    const [only, ...others] = simplified.conditions.filter(({ value }) => canFail(value));
    if (only && others.length === 0) assumeFailed(only, facts);
  }
  return kept;
}

/** Merges two adjacent rules with one condition each and the same result. */
function mergedRule(before: Rule | undefined, rule: Rule): Rule | undefined {
  const [left, ...others] = before?.conditions ?? [];
  const [right, ...more] = rule.conditions;
  if (!before || !left || !right || others.length > 0 || more.length > 0 || left.assign || right.assign)
    return undefined;
  if (left.value.type !== "boolean" || right.value.type !== "boolean" || !isSameAnswer(before, rule)) return undefined;
  const terms = isCall(left.value, "or") ? left.value.argv : [left.value];
  const value: Expression = { kind: "call", fn: "or", argv: [...terms, right.value], type: "boolean", optional: false };
  return { ...rule, conditions: [{ value, assign: undefined }] };
}

function isSameAnswer(left: Rule, right: Rule): boolean {
  if (left.kind === "tree" || right.kind === "tree") return false;
  return JSON.stringify({ ...left, conditions: [] }) === JSON.stringify({ ...right, conditions: [] });
}

/** Simplifies a rule. Returns undefined if it never matches. */
function simplifyRule(rule: Rule, outer: Facts): Rule | undefined {
  const facts = new Facts(outer);
  const conditions: Condition[] = [];
  for (const condition of rule.conditions) {
    const value = facts.simplify(condition.value);
    if (value.kind === "literal" && value.value === false) return undefined;
    if (condition.assign || canFail(value)) conditions.push({ value, assign: condition.assign });
    assumeHeld({ value, assign: condition.assign }, facts);
  }
  if (rule.kind !== "tree") return { ...rule, conditions };
  return { ...rule, conditions, rules: simplifyRules(rule.rules, facts) };
}

function assumeHeld({ value, assign }: Condition, facts: Facts): void {
  if (value.type === "boolean") {
    facts.assume(value, true);
    if (assign) facts.assume({ kind: "reference", variable: assign, type: "boolean", optional: false }, true);
  } else if (assign) facts.assign(assign, value);
  // For an assigned value, TypeScript narrows the variable, but not the expression that it was assigned from.
  if (value.optional && !assign) facts.assume(isSet(value), true);
}

function assumeFailed({ value }: Condition, facts: Facts): void {
  if (value.optional) {
    if (value.type !== "boolean") facts.assume(isSet(value), false);
  } else facts.assume(value, false);
}

function isSet(value: Expression): Expression {
  return { kind: "call", fn: "isSet", argv: [value], type: "boolean", optional: false };
}
