import { assumeFailed, canFail, isSameOutcome, isSet, isTestOfSet } from "./conditions.js";
import { Facts } from "./facts.js";
import type { Expression, Rule } from "./tree.js";

/** Later rules that a rule is compared with: a bound for rule sets with thousands of rules. */
const lookahead = 16;

/**
 * Rules without the tests that do not matter: where only that test of a rule fails, the rules after it have the same
 * result. Rule sets often distinguish cases that need not be distinguished.
 *
 * @param outer what is known where the rules are tried
 */
export function dropIrrelevant(rules: readonly Rule[], outer: Facts): Rule[] {
  const facts = new Facts(outer);
  return rules.map((rule, index) => {
    const left = withoutIrrelevant(rule, rules.slice(index + 1, index + 1 + lookahead), facts);
    assumeFailed(left, facts);
    return left;
  });
}

function withoutIrrelevant(rule: Rule, later: readonly Rule[], outer: Facts): Rule {
  let { conditions } = rule;
  for (const condition of rule.conditions) {
    if (condition.assign || isTestOfSet(condition.value)) continue;
    const others = conditions.filter((each) => each !== condition);
    const facts = new Facts(outer);
    for (const { value } of others) facts.assume(value.type === "boolean" ? value : isSet(value), true);
    facts.assume(condition.value, false);
    if (haveResultOf(rule, later, facts)) conditions = others;
  }
  return { ...rule, conditions };
}

/** Whether the first of the rules that matches certainly has the result of the given one. */
function haveResultOf(rule: Rule, rules: readonly Rule[], facts: Facts): boolean {
  for (const each of rules) {
    const values = each.conditions.map(({ value }) => facts.simplify(value));
    if (values.some((value) => value.kind === "literal" && value.value === false)) continue;
    if (!values.every((value) => holds(value, facts))) return false;
    if (isSameOutcome(each, rule)) return true;
    return each.kind === "tree" && haveResultOf(rule, each.rules, facts);
  }
  return false;
}

function holds(value: Expression, facts: Facts): boolean {
  return !canFail(value) || (value.type !== "boolean" && facts.valueOf(isSet(value)) === true);
}
