import { type Condition, keyOf, type Rule } from "./tree.js";

/** Rules of which the last has the conditions that all others begin with, as a tree with these conditions. */
export function grouped(rules: readonly Rule[]): Rule[] {
  const result: Rule[] = [];
  for (let start = 0; start < rules.length; start++) {
    const end = endOfGroup(rules, start);
    const conditions = rules[end]?.conditions ?? [];
    const group = rules.slice(start, end + 1);
    if (group.length > 1) {
      const rest = group.map((rule) => ({ ...rule, conditions: rule.conditions.slice(conditions.length) }));
      result.push({ kind: "tree", conditions, documentation: undefined, rules: grouped(rest) });
    } else result.push(...group.map((rule) => (rule.kind === "tree" ? { ...rule, rules: grouped(rule.rules) } : rule)));
    start = end;
  }
  return result;
}

/** Index of the last rule of the group that begins at `start`; `start` itself if there is none. */
function endOfGroup(rules: readonly Rule[], start: number): number {
  const first = rules[start]?.conditions.map(keyOfCondition) ?? [];
  let common = first.length;
  for (let end = start + 1; end < rules.length; end++) {
    const keys = rules[end]?.conditions.map(keyOfCondition) ?? [];
    const shared = keys.findIndex((key, index) => index === common || key !== first[index]);
    common = shared === -1 ? Math.min(common, keys.length) : Math.min(common, shared);
    if (common === 0) return start;
    if (common === keys.length) return end;
  }
  return start;
}

/** Equal for conditions that test the same and assign the same variable. */
export function keyOfCondition({ value, assign }: Condition): string {
  return `${assign?.id ?? ""}=${keyOf(value)}`;
}
