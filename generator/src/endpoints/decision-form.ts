import { lowerCamel } from "../text/lower-camel.js";
import { identifier, unused } from "./identifiers.js";
import type { EndpointRule, Expression, Property, PropertyMap, Reference, Rule, Variable } from "./tree.js";
import { printedSize } from "./printed-size.js";
import { joined, splitUrls } from "./url-parts.js";

/** A decision, apart from what is passed to its function. Equal decisions have equal keys. */
export interface Form {
  readonly key: string;
  /** The decision, reading the parameters. */
  readonly rules: readonly Rule[];
  readonly parameters: readonly Reference[];
  readonly argv: readonly Expression[];
  /** The parameters that stand for texts, not for variables of the rules. */
  readonly texts: ReadonlySet<Variable>;
  /** Characters of the decision, roughly. */
  readonly size: number;
}

/** Results of a decision that may be shared: a bound for large rule sets, whose longest decisions are not repeated. */
const mostResults = 32;

/** How rules that certainly decide can be shared. One result alone is shared if it is an error. */
export function formsOf(rules: readonly Rule[]): readonly Form[] {
  const isError = rules.length === 1 && rules[0]?.kind === "error";
  const results = resultsIn(rules);
  if ((results < 2 && !isError) || results > mostResults) return [];
  const equal = equalForm(rules);
  const alike = alikeForm(rules);
  // Texts that are parameters already stay what they are.
  return alike.key === equal.key ? [equal] : [equal, alike];
}

/** The decision with the variables that it reads as parameters. */
function equalForm(rules: readonly Rule[]): Form {
  const assigned = new Set(assignedIn(rules));
  const order = new Map<Variable, number>();
  const read = new Map<Variable, Reference>();
  const key = JSON.stringify(rules, (name, value: unknown) => {
    if (name === "assign" && value) return numberOf(order, value as Variable);
    if (!isReference(value)) return value;
    const { variable, optional, type } = value;
    if (!assigned.has(variable) && read.get(variable)?.optional !== true) read.set(variable, value);
    return { place: numberOf(order, variable), optional, type };
  });
  const parameters = [...read.values()];
  return { key, rules, parameters, argv: parameters, texts: new Set(), size: printedSize(rules) };
}

/** The decision with texts as parameters too: the start and the end of its URLs, and those in properties. */
function alikeForm(rules: readonly Rule[]): Form {
  const texts = new Map<Variable, Expression>();
  const known = variablesIn(rules);
  const names = new Set(known.map(({ name }) => lowerCamel(name)));
  const lowest = Math.min(0, ...known.map(({ id }) => id));
  const place = (text: string, value: Expression): Reference => {
    const variable: Variable = { id: lowest - 1 - texts.size, name: unused(identifier(text, "text"), names) };
    texts.set(variable, value);
    return { kind: "reference", variable, type: "string", optional: false };
  };
  const assigned = new Set(assignedIn(rules));
  const { start, end, middles } = splitUrls(
    endpointsIn(rules).map(({ url }) => url),
    // The caller passes the start and the end, so they cannot depend on what the function assigns.
    (part) => !readsAny(part, assigned),
  );
  const isSplit = middles.length > 1;
  const isWhole = !end && middles.every((middle) => middle.kind === "literal" && middle.value === "");
  const first = isSplit && start ? [place(isWhole ? "url" : "urlStart", start)] : [];
  const last = isSplit && end ? [place("urlEnd", end)] : [];
  const left = isSplit ? [...middles] : [];
  const changed = withEndpoints(rules, (rule) => {
    const middle = left.shift();
    return {
      ...rule,
      url: middle ? joined([...first, middle, ...last]) : rule.url,
      properties: mapEntries(rule.properties, (value, name) =>
        value.kind === "literal" && typeof value.value === "string" ? place(name, value) : value,
      ),
    };
  });
  const { key, parameters } = equalForm(changed);
  const argv = parameters.map((each) => texts.get(each.variable) ?? each);
  return { key, rules: changed, parameters, argv, texts: new Set(texts.keys()), size: printedSize(rules) };
}

/**
 * The key of an argument, with the variables that are arguments themselves by their position. Arguments with equal keys are
 * the same expression of the parameters. Undefined if it reads other variables.
 */
export function relativeKey(value: Expression | undefined, { parameters, argv }: Form): string | undefined {
  let isRelative = value !== undefined;
  const key = JSON.stringify(value, (_, each: unknown) => {
    if (!isReference(each)) return each;
    const { variable } = each;
    const position = parameters.findIndex((other, index) => argv[index] === other && other.variable === variable);
    if (position === -1) isRelative = false;
    return { position };
  });
  return isRelative ? key : undefined;
}

/** The decision with other expressions for texts. */
export function withValues(rules: readonly Rule[], values: ReadonlyMap<Variable, Expression>): readonly Rule[] {
  const change = (value: Expression): Expression =>
    (value.kind === "reference" ? values.get(value.variable) : undefined) ?? value;
  return withEndpoints(rules, (rule) => ({
    ...rule,
    url:
      rule.url.kind === "template"
        ? joined(rule.url.parts.map((part) => (typeof part === "string" ? part : change(part))))
        : change(rule.url),
    properties: mapEntries(rule.properties, change),
  }));
}

function numberOf(order: Map<Variable, number>, variable: Variable): number {
  const number = order.get(variable) ?? order.size;
  order.set(variable, number);
  return number;
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "reference";
}

function readsAny(value: Expression, variables: ReadonlySet<Variable>): boolean {
  return variablesIn(value).some((variable) => variables.has(variable));
}

/** The variables that rules or an expression read. */
function variablesIn(where: readonly Rule[] | Expression): readonly Variable[] {
  const variables = new Set<Variable>();
  JSON.stringify(where, (_, value: unknown) => {
    if (isReference(value)) variables.add(value.variable);
    return value;
  });
  return [...variables];
}

function assignedIn(rules: readonly Rule[]): Variable[] {
  return rules.flatMap((rule) => [
    ...rule.conditions.flatMap(({ assign }) => assign ?? []),
    ...(rule.kind === "tree" ? assignedIn(rule.rules) : []),
  ]);
}

function resultsIn(rules: readonly Rule[]): number {
  return rules.reduce((sum, rule) => sum + (rule.kind === "tree" ? resultsIn(rule.rules) : 1), 0);
}

function endpointsIn(rules: readonly Rule[]): EndpointRule[] {
  return rules.flatMap((rule) => {
    if (rule.kind === "tree") return endpointsIn(rule.rules);
    return rule.kind === "endpoint" ? [rule] : [];
  });
}

function withEndpoints(rules: readonly Rule[], change: (rule: EndpointRule) => EndpointRule): readonly Rule[] {
  return rules.map((rule) => {
    if (rule.kind === "tree") return { ...rule, rules: withEndpoints(rule.rules, change) };
    return rule.kind === "endpoint" ? change(rule) : rule;
  });
}

function mapEntries({ entries }: PropertyMap, change: (value: Expression, name: string) => Expression): PropertyMap {
  return { kind: "map", entries: entries.map(([name, value]) => [name, mapProperty(value, name, change)]) };
}

function mapProperty(
  property: Property,
  name: string,
  change: (value: Expression, name: string) => Expression,
): Property {
  if (property.kind === "list")
    return { kind: "list", items: property.items.map((item) => mapProperty(item, name, change)) };
  return property.kind === "map" ? mapEntries(property, change) : change(property, name);
}
