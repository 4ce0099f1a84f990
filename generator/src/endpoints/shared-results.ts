import { Code, literal, propertyKey } from "../text/literal.js";
import { identifier, unused } from "./identifiers.js";
import { type Namer, printExpression } from "./print-expression.js";
import type { EndpointRule, Expression, Property, Rule, ValueType } from "./tree.js";

/** Results from this number on, equal but for the values of variables, share one function. */
const shareFrom = 3;

/** A parameter of a function, with the name of the property that it is the value of. */
interface Parameter {
  readonly name: string;
  readonly type: ValueType;
}

interface SharedResult {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly kind: Kind;
}

/** Results with the same structure, of which some have the same texts. */
interface Kind {
  /** One of the results. */
  readonly sample: EndpointRule;
  readonly count: number;
  /** The text of each value; undefined for a value that is passed. */
  readonly texts: readonly (string | undefined)[];
  /** Keys of the results, with their texts. */
  readonly keys: readonly string[];
}

/**
 * The results of rules that differ in the URL and in a few values only: each group becomes a function, since rule sets
 * repeat the same properties up to a hundred times.
 */
export class SharedResults {
  readonly #shared = new Map<string, SharedResult>();

  /** @param taken names that the functions must not have */
  constructor(rules: readonly Rule[], taken: readonly string[]) {
    const groups = new Map<string, Map<string, Kind>>();
    for (const sample of resultsIn(rules)) {
      if (sample.headers.length + sample.properties.entries.length === 0) continue;
      const { structure, key, values } = formOf(sample);
      const kinds = groups.get(structure) ?? new Map<string, Kind>();
      const count = 1 + (kinds.get(key)?.count ?? 0);
      groups.set(structure, kinds.set(key, { sample, count, texts: values.map(({ text }) => text), keys: [key] }));
    }
    const used = new Set(taken);
    for (const [structure, kinds] of groups) {
      for (const kind of merged([...kinds.values()], structure.length)) {
        if (kind.count < shareFrom) continue;
        const name = unused(nameOf(kind), used);
        for (const key of kind.keys) this.#shared.set(key, { name, parameters: parametersOf(kind), kind });
      }
    }
  }

  /** Names of the functions. */
  get names(): string[] {
    return this.#functions.map(({ name }) => name);
  }

  /** The call that returns a result; undefined for one that is not shared. */
  callOf(rule: EndpointRule, namer: Namer): string | undefined {
    const { key, values } = formOf(rule);
    const shared = this.#shared.get(key);
    if (!shared) return undefined;
    const passed = values.filter((_, index) => shared.kind.texts[index] === undefined);
    const argv = [rule.url, ...passed.map(({ value }) => value)].map((value) => printExpression(value, namer));
    return `${shared.name}(${argv.join(", ")})`;
  }

  /** The functions, each as lines. */
  print(namer: Namer, printType: (type: ValueType) => string): string[][] {
    return this.#functions.map(({ name, parameters, kind }) => {
      const list = ["url: string", ...parameters.map((each) => `${each.name}: ${printType(each.type)}`)];
      const names = parameters.map((each) => each.name);
      return [
        `function ${name}(${list.join(", ")}): ${namer.runtime("Endpoint")} {`,
        `  return { url, ${printRest(kind, names)} };`,
        "}",
      ];
    });
  }

  get #functions(): SharedResult[] {
    return [...new Map([...this.#shared.values()].map((each) => [each.name, each])).values()];
  }
}

/** Merges kinds where passing the texts in which they differ is shorter than another function. */
function merged(kinds: readonly Kind[], size: number): readonly Kind[] {
  const result: Kind[] = [];
  for (const kind of kinds.toSorted((left, right) => right.count - left.count)) {
    const index = result.findIndex((other) => costOfMerging(kind, other) < size);
    const other = result[index];
    if (!other) result.push(kind);
    else {
      const texts = kind.texts.map((text, at) => (text === other.texts[at] ? text : undefined));
      result[index] = { ...other, count: other.count + kind.count, texts, keys: [...other.keys, ...kind.keys] };
    }
  }
  return result;
}

function costOfMerging(left: Kind, right: Kind): number {
  const costOf = ({ texts, count }: Kind, other: Kind): number =>
    texts.reduce((sum, text, at) => (text === undefined || text === other.texts[at] ? sum : sum + text.length + 3), 0) *
    count;
  return costOf(left, right) + costOf(right, left);
}

/** A value in a result, in order; the name is that of the property, the text that of a literal. */
interface Value {
  readonly name: string;
  readonly value: Expression;
  readonly text: string | undefined;
}

/** What equal results have in common, and the values that may differ. */
function formOf({ headers, properties }: EndpointRule): {
  readonly structure: string;
  readonly key: string;
  readonly values: readonly Value[];
} {
  const values: Value[] = [];
  const place = (value: Expression, name: string): unknown => {
    if (value.kind === "literal" && typeof value.value !== "string") return value.value;
    values.push({ name, value, text: value.kind === "literal" ? String(value.value) : undefined });
    return { variable: values.length, type: value.type };
  };
  const form = [
    headers.map(([name, items]) => [name, items.map((item) => place(item, name))]),
    mapped(properties, place),
  ];
  const structure = JSON.stringify(form);
  return { structure, key: structure + JSON.stringify(values.map(({ text }) => [text])), values };
}

/** A property as plain data, with `place` applied to every expression. */
function mapped(property: Property, place: (value: Expression, name: string) => unknown, name = "value"): unknown {
  if (property.kind === "list") return property.items.map((item) => mapped(item, place, name));
  if (property.kind !== "map") return place(property, name);
  return Object.fromEntries(property.entries.map(([key, value]) => [key, mapped(value, place, key)]));
}

function printRest({ sample: { headers, properties }, texts }: Kind, parameters: readonly string[]): string {
  const left = [...parameters];
  const leftTexts = [...texts];
  const place = (value: Expression): unknown => {
    if (value.kind === "literal" && typeof value.value !== "string") return value.value;
    return leftTexts.shift() ?? new Code(left.shift() ?? "undefined");
  };
  const entries = headers.map(([name, items]) => `${propertyKey(name)}: ${literal(items.map(place))}`);
  return [
    ...(entries.length > 0 ? [`headers: { ${entries.join(", ")} }`] : []),
    ...(properties.entries.length > 0 ? [`properties: ${literal(mapped(properties, place))}`] : []),
  ].join(", ");
}

function parametersOf({ sample, texts }: Kind): readonly Parameter[] {
  const used = new Set(["url"]);
  return formOf(sample)
    .values.filter((_, index) => texts[index] === undefined)
    .map(({ name, value }) => ({ name: unused(identifier(name, "value"), used), type: value.type }));
}

/** `sigv4ForS3`, after the auth schemes of a result and what they sign for, unless these are passed. */
function nameOf({ sample, texts }: Kind): string {
  const named = formOf(sample).values.map(({ name }, index) => ({ name, text: texts[index] ?? "" }));
  const textsOf = (key: string): string[] =>
    named.flatMap(({ name, text }) => (name === key && text !== "" ? [text] : []));
  const names = textsOf("name").join(" and ");
  const [service] = textsOf("signingName");
  return identifier(service === undefined ? names : `${names} for ${service}`, "endpoint");
}

function resultsIn(rules: readonly Rule[]): EndpointRule[] {
  return rules.flatMap((rule) => {
    if (rule.kind === "tree") return resultsIn(rule.rules);
    return rule.kind === "endpoint" ? [rule] : [];
  });
}
