import { isCall } from "./expressions.js";
import type { Facts } from "./facts.js";
import type { Condition, Expression, Rule } from "./tree.js";

/** Whether a rule always matches. */
export function alwaysMatches(rule: Rule): boolean {
  return rule.conditions.every(({ value, assign }) => assign !== undefined && !canFail(value));
}

/** Whether a condition with this value may be false or unset. */
export function canFail(value: Expression): boolean {
  if (value.kind === "literal") return value.value === false;
  return value.optional || value.type === "boolean";
}

/** Whether two rules have the same result, if their conditions hold. */
export function isSameOutcome(left: Rule, right: Rule): boolean {
  return JSON.stringify({ ...left, conditions: [] }) === JSON.stringify({ ...right, conditions: [] });
}

/** Whether a value only tells whether another one is set. */
export function isTestOfSet(value: Expression): boolean {
  const [inner] = isCall(value, "not") ? value.argv : [value];
  return value.type !== "boolean" || isCall(inner, "isSet");
}

export function isSet(value: Expression): Expression {
  return { kind: "call", fn: "isSet", argv: [value], type: "boolean", optional: false };
}

export function not(value: Expression): Expression {
  return { kind: "call", fn: "not", argv: [value], type: "boolean", optional: false };
}

export function opposed(value: Expression): Expression {
  const [inner] = isCall(value, "not") ? value.argv : [];
  return inner ?? not(value);
}

/** Records what is known once a condition holds. */
export function assumeHeld({ value, assign }: Condition, facts: Facts): void {
  if (value.type === "boolean") {
    facts.assume(value, true);
    if (assign) facts.assume({ kind: "reference", variable: assign, type: "boolean", optional: false }, true);
  } else if (assign) facts.assign(assign, value);
  // For an assigned value, TypeScript narrows the variable, but not the expression that it was assigned from.
  if (value.optional && !assign) facts.assume(isSet(value), true);
}

/** Records what is known once a rule does not match: something, if it has one condition that can fail. */
export function assumeFailed({ conditions }: Rule, facts: Facts): void {
  const [only, ...others] = conditions.filter(({ value }) => canFail(value));
  if (!only || others.length > 0) return;
  const { value } = only;
  if (!value.optional) facts.assume(value, false);
  else if (value.type !== "boolean") facts.assume(isSet(value), false);
}

/**
 * Rules of which one always matches: if necessary, with a last one that throws an error; so do those of trees. An error with
 * conditions becomes a tree, so that its rules certainly decide.
 */
export function closed(rules: readonly Rule[]): readonly Rule[] {
  const last = rules.at(-1);
  const inner = rules.map((rule): Rule => {
    if (rule.kind === "tree") return { ...rule, rules: closed(rule.rules) };
    if (rule.kind !== "error" || rule.conditions.length === 0) return rule;
    const { conditions, documentation } = rule;
    return { kind: "tree", conditions, documentation, rules: [{ ...rule, conditions: [], documentation: undefined }] };
  });
  return last && alwaysMatches(last) ? inner : [...inner, noRule];
}

const noRule: Rule = {
  kind: "error",
  conditions: [],
  documentation: undefined,
  message: { kind: "literal", value: "No endpoint rule fits these parameters", type: "string", optional: false },
};
