import { type Form, formsOf, relativeKey, withValues } from "./decision-form.js";
import { identifier, unused } from "./identifiers.js";
import { printedSize, printedSizeOf } from "./printed-size.js";
import type { Expression, Reference, Rule, RuleFunction, SharedRule, Variable } from "./tree.js";

/** The last rules of a list that may be shared: a bound for lists of thousands of rules. */
const longest = 8;
/** Characters that a function must save to be worth its name. */
const worthwhile = 40;

/** Rules, and the functions that they call. */
export interface SharedDecisions {
  readonly rules: readonly Rule[];
  readonly functions: readonly RuleFunction[];
}

/**
 * Makes a function of each decision that rules repeat: of rules that certainly decide, and are equal but for the names of
 * variables, or but for parts of their URLs and texts in their properties. What saves most comes first.
 *
 * @param taken names that the functions must not have
 */
export function shareDecisions(rules: readonly Rule[], taken: readonly string[]): SharedDecisions {
  const names = new Set(taken);
  const decisions = new Decisions();
  let result: SharedDecisions = { rules, functions: [] };
  for (;;) {
    const [best] = groupsIn(result, decisions).toSorted((left, right) => right.saved - left.saved);
    if (!best || best.saved < worthwhile) return result;
    result = withFunction(result, best, unused(nameOf(best.rules), names), decisions);
  }
}

/** The decisions of a list: its last rules, of which one matches or an error is thrown. */
class Decisions {
  readonly #known = new WeakMap<readonly Rule[], readonly (readonly Form[])[]>();

  /** How each decision can be shared, the longest one first. */
  of(rules: readonly Rule[]): readonly (readonly Form[])[] {
    const known = this.#known.get(rules);
    if (known) return known;
    const starts = [...rules.keys()].slice(-longest);
    const forms = starts.map((start) => formsOf(rules.slice(start)));
    this.#known.set(rules, forms);
    return forms;
  }

  /** Replaces decisions. A list without any stays the same object. */
  replace(rules: readonly Rule[], other: (forms: readonly Form[]) => Rule | undefined): readonly Rule[] {
    const forms = this.of(rules);
    for (const [index, each] of forms.entries()) {
      const rule = other(each);
      if (rule) return this.replace([...rules.slice(0, rules.length - forms.length + index), rule], other);
    }
    const replaced = rules.map((rule) => {
      if (rule.kind !== "tree") return rule;
      const inner = this.replace(rule.rules, other);
      return inner === rule.rules ? rule : { ...rule, rules: inner };
    });
    return replaced.every((rule, index) => rule === rules[index]) ? rules : replaced;
  }
}

/** Decisions of the same form. */
interface Group extends Pick<Form, "key" | "rules" | "parameters"> {
  /** Of the parameters of the form, those that the function has. */
  readonly needed: readonly number[];
  /** Characters that the function saves, roughly. */
  readonly saved: number;
}

function groupsIn({ rules, functions }: SharedDecisions, decisions: Decisions): Group[] {
  const groups = new Map<string, Form[]>();
  for (const list of [rules, ...functions.map((each) => each.rules)]) {
    decisions.replace(list, (forms) => {
      for (const form of forms) groups.set(form.key, [...(groups.get(form.key) ?? []), form]);
      return undefined;
    });
  }
  return [...groups].flatMap(([key, forms]) => {
    const [sample, ...others] = forms;
    return sample && others.length > 0 ? [groupOf(key, forms, sample)] : [];
  });
}

/**
 * A text that is the same expression of the other parameters everywhere stays in the function; texts that are the same in
 * each decision are one parameter.
 */
function groupOf(key: string, forms: readonly Form[], sample: Form): Group {
  const values = new Map<Variable, Expression>();
  const columns = new Map<string, Reference>();
  const needed: number[] = [];
  for (const [index, parameter] of sample.parameters.entries()) {
    const value = sample.argv[index];
    const own = value && sample.texts.has(parameter.variable) ? relativeKey(value, sample) : undefined;
    const isSame = own !== undefined && forms.every((form) => relativeKey(form.argv[index], form) === own);
    const column = JSON.stringify(forms.map(({ argv }) => argv[index]));
    const other = isSame ? value : columns.get(column);
    if (other && sample.texts.has(parameter.variable)) values.set(parameter.variable, other);
    else {
      columns.set(column, parameter);
      needed.push(index);
    }
  }
  const rules = withValues(sample.rules, values);
  const calls = forms.map(({ size, argv }) => needed.reduce((sum, at) => sum - 1 - printedSizeOf(argv[at]), size - 10));
  const saved = calls.reduce((sum, size) => sum + size, -30 - printedSize(rules));
  return { key, rules, parameters: needed.flatMap((index) => sample.parameters[index] ?? []), needed, saved };
}

function withFunction(
  { rules, functions }: SharedDecisions,
  group: Group,
  name: string,
  decisions: Decisions,
): SharedDecisions {
  const throws = isError(group.rules);
  const call = (forms: readonly Form[]): SharedRule | undefined => {
    const form = forms.find(({ key }) => key === group.key);
    if (!form) return undefined;
    const argv = group.needed.flatMap((index) => form.argv[index] ?? []);
    return { kind: "shared", conditions: [], documentation: undefined, name, argv, throws };
  };
  return {
    rules: decisions.replace(rules, call),
    functions: [
      ...functions.map((each) => ({ ...each, rules: decisions.replace(each.rules, call) })),
      { name, parameters: group.parameters, rules: group.rules, throws },
    ],
  };
}

/** Whether a function only creates an error. */
function isError(rules: readonly Rule[]): boolean {
  return rules[0]?.kind === "error" && rules[0].conditions.length === 0;
}

/** `byRegion`, after the first variable that a decision depends on; `invalidArnNoArnType`, after the message of an error. */
function nameOf(rules: readonly Rule[]): string {
  const [first] = rules;
  if (first?.kind === "error" && isError(rules)) return nameOfError(first.message);
  const [{ value, assign } = {}] = rules.flatMap(({ conditions }) => conditions);
  const name = assign?.name ?? (value && firstVariable(value)?.name) ?? "Rules";
  return `by${name[0]?.toUpperCase()}${name.slice(1)}`;
}

function nameOfError(message: Expression): string {
  const parts = message.kind === "template" ? message.parts : [message.kind === "literal" ? String(message.value) : ""];
  const words = parts.flatMap((part) => (typeof part === "string" ? (part.match(/[A-Za-z\d]+/g) ?? []) : []));
  return identifier(words.slice(0, 5).join(" "), "error");
}

function firstVariable(value: Expression): Variable | undefined {
  if (value.kind === "reference") return value.variable;
  if (value.kind === "attribute") return firstVariable(value.of);
  return value.kind === "call" ? value.argv.map(firstVariable).find((variable) => variable) : undefined;
}
