import { isCall } from "./expressions.js";
import { Facts } from "./facts.js";
import { type Condition, type Expression, keyOf, type Rule, type RuleSet } from "./tree.js";

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
  const failed: Tests[] = [];
  const kept: Rule[] = [];
  for (const rule of rules) {
    const possible = simplifyRule(rule, facts);
    const simplified = possible && withoutDecided(possible, failed);
    if (!simplified) continue;
    const merged = mergedRule(kept.at(-1), simplified);
    if (merged) kept.pop();
    kept.push(merged ?? simplified);
    if (alwaysMatches(simplified)) break;
    const [only, ...others] = simplified.conditions.filter(({ value }) => canFail(value));
    if (only && others.length === 0) assumeFailed(only, facts);
    failed.push(testsOf(simplified));
    if (failed.length > remembered) failed.shift();
  }
  return kept;
}

/** Earlier rules that a rule is compared with: a bound for rule sets with thousands of rules. */
const remembered = 16;

/** Conditions by their key: at least one of them does not hold where a later rule is tried. */
type Tests = ReadonlyMap<string, Expression>;

function testsOf({ conditions }: Rule): Tests {
  return new Map(conditions.map(({ value }) => [keyOf(value), value]));
}

/**
 * A rule without the conditions that follow from its others: where all but one of the conditions of an earlier rule hold,
 * that one does not. Undefined if the rule never matches.
 */
function withoutDecided(rule: Rule, failed: readonly Tests[]): Rule | undefined {
  let { conditions } = rule;
  const held = testsOf(rule);
  for (const tests of failed) {
    const [open, ...others] = [...tests].filter(([key]) => !held.has(key));
    if (others.length > 0) continue;
    if (!open) return undefined;
    // TypeScript needs the conditions that something is set.
    if (isTestOfSet(open[1])) continue;
    const opposite = keyOf(opposed(open[1]));
    if (!held.has(opposite)) continue;
    conditions = conditions.filter(({ value, assign }) => assign !== undefined || keyOf(value) !== opposite);
  }
  return { ...rule, conditions };
}

function isTestOfSet(value: Expression): boolean {
  const [inner] = isCall(value, "not") ? value.argv : [value];
  return value.type !== "boolean" || isCall(inner, "isSet");
}

function opposed(value: Expression): Expression {
  const [inner] = isCall(value, "not") ? value.argv : [];
  return inner ?? { kind: "call", fn: "not", argv: [value], type: "boolean", optional: false };
}

/** Merges two adjacent rules with the same result: with one condition each, or with conditions of which one differs. */
function mergedRule(before: Rule | undefined, rule: Rule): Rule | undefined {
  if (before && isWeaker(rule, before)) return isSameOutcome(before, rule) ? rule : undefined;
  const [left, ...others] = before?.conditions ?? [];
  const [right, ...more] = rule.conditions;
  if (!before || !left || !right || others.length > 0 || more.length > 0 || left.assign || right.assign)
    return undefined;
  if (left.value.type !== "boolean" || right.value.type !== "boolean" || !isSameOutcome(before, rule)) return undefined;
  const terms = isCall(left.value, "or") ? left.value.argv : [left.value];
  const value: Expression = { kind: "call", fn: "or", argv: [...terms, right.value], type: "boolean", optional: false };
  return { ...rule, conditions: [{ value, assign: undefined }] };
}

/** Whether a rule has all conditions of another one but one. */
function isWeaker(rule: Rule, { conditions }: Rule): boolean {
  const tests = testsOf(rule);
  if (tests.size + 1 !== conditions.length || tests.size !== rule.conditions.length) return false;
  if ([...rule.conditions, ...conditions].some(({ assign }) => assign)) return false;
  return conditions.filter(({ value }) => !tests.has(keyOf(value))).length === 1;
}

function isSameOutcome(left: Rule, right: Rule): boolean {
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
