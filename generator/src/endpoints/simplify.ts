import { alwaysMatches, assumeFailed, assumeHeld, canFail, isSameOutcome, isTestOfSet, opposed } from "./conditions.js";
import { isCall } from "./expressions.js";
import { Facts } from "./facts.js";
import { grouped } from "./grouped.js";
import { dropIrrelevant } from "./irrelevant.js";
import { type Condition, type Expression, keyOf, type Rule, type RuleSet } from "./tree.js";

/**
 * Returns an equivalent, shorter rule set: without conditions that are known to hold and without unreachable rules. The
 * first matching rule decides, so a rule is only tried if the rules before it do not match.
 */
export function simplifyRuleSet({ parameters, rules }: RuleSet): RuleSet {
  let simplified: readonly Rule[] = rules;
  let size = Infinity;
  // What was left out can make other rules equal.
  while (sizeOf(simplified) < size) {
    size = sizeOf(simplified);
    simplified = simplifyRules(simplified, new Facts());
  }
  return { parameters, rules: grouped(simplified) };
}

/** Number of rules and conditions. */
function sizeOf(rules: readonly Rule[]): number {
  return rules.reduce(
    (size, rule) => size + 1 + rule.conditions.length + (rule.kind === "tree" ? sizeOf(rule.rules) : 0),
    0,
  );
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
    kept.push(...unwrapped(merged ?? simplified));
    if (alwaysMatches(simplified)) break;
    assumeFailed(simplified, facts);
    failed.push(testsOf(simplified));
    if (failed.length > remembered) failed.shift();
  }
  return dropIrrelevant(kept, outer);
}

/** A tree without conditions is the last rule; its rules can take its place. One with a single rule is that rule. */
function unwrapped(rule: Rule): readonly Rule[] {
  if (rule.kind !== "tree" || rule.documentation) return [rule];
  if (rule.conditions.length === 0) return rule.rules;
  const [only, ...others] = rule.rules;
  if (!only || others.length > 0 || !alwaysMatches(only)) return [rule];
  return [{ ...only, conditions: [...rule.conditions, ...only.conditions] }];
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
