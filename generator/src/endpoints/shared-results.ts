import { globals, keywords } from "../ir/reserved.js";
import { Code, literal, propertyKey } from "../text/literal.js";
import { lowerCamel } from "../text/lower-camel.js";
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
  /** One of the equal results. */
  readonly sample: EndpointRule;
}

/**
 * The results of rules that differ in the URL and in the values of variables only: each group becomes a function, since rule
 * sets repeat the same properties up to a hundred times.
 */
export class SharedResults {
  readonly #shared = new Map<string, SharedResult>();

  /** @param taken names that the functions must not have */
  constructor(rules: readonly Rule[], taken: readonly string[]) {
    const groups = new Map<string, EndpointRule[]>();
    for (const rule of resultsIn(rules)) {
      const { headers, properties } = rule;
      if (headers.length + properties.entries.length === 0) continue;
      const { key } = formOf(rule);
      groups.set(key, [...(groups.get(key) ?? []), rule]);
    }
    const used = new Set(taken);
    for (const [key, [sample, ...others]] of groups) {
      if (!sample || others.length + 1 < shareFrom) continue;
      const name = unused(nameOf(sample), used);
      this.#shared.set(key, { name, parameters: parametersOf(formOf(sample).values), sample });
    }
  }

  /** Names of the functions. */
  get names(): string[] {
    return [...this.#shared.values()].map(({ name }) => name);
  }

  /** The call that returns a result; undefined for one that is not shared. */
  callOf(rule: EndpointRule, namer: Namer): string | undefined {
    const { key, values } = formOf(rule);
    const shared = this.#shared.get(key);
    if (!shared) return undefined;
    const argv = [rule.url, ...values.map(({ value }) => value)].map((value) => printExpression(value, namer));
    return `${shared.name}(${argv.join(", ")})`;
  }

  /** The functions, each as lines. */
  print(namer: Namer, printType: (type: ValueType) => string): string[][] {
    return [...this.#shared.values()].map(({ name, parameters, sample }) => {
      const list = ["url: string", ...parameters.map((each) => `${each.name}: ${printType(each.type)}`)];
      const names = parameters.map((each) => each.name);
      return [
        `function ${name}(${list.join(", ")}): ${namer.runtime("Endpoint")} {`,
        `  return { url, ${printRest(sample, names)} };`,
        "}",
      ];
    });
  }
}

/** The values of variables in a result, in order, each once; the name is that of the property. */
type Values = readonly { readonly name: string; readonly value: Expression }[];

/** What equal results have in common, and the values that may differ. */
function formOf({ headers, properties }: EndpointRule): { readonly key: string; readonly values: Values } {
  const values: { name: string; value: Expression }[] = [];
  const place = (value: Expression, name: string): unknown => {
    if (value.kind === "literal") return value.value;
    values.push({ name, value });
    return { variable: values.length, type: value.type };
  };
  const form = [
    headers.map(([name, items]) => [name, items.map((item) => place(item, name))]),
    mapped(properties, place),
  ];
  return { key: JSON.stringify(form), values };
}

/** A property as plain data, with `place` applied to every expression. */
function mapped(property: Property, place: (value: Expression, name: string) => unknown, name = "value"): unknown {
  if (property.kind === "list") return property.items.map((item) => mapped(item, place, name));
  if (property.kind !== "map") return place(property, name);
  return Object.fromEntries(property.entries.map(([key, value]) => [key, mapped(value, place, key)]));
}

function printRest({ headers, properties }: EndpointRule, parameters: readonly string[]): string {
  const left = [...parameters];
  const place = (value: Expression): unknown =>
    value.kind === "literal" ? value.value : new Code(left.shift() ?? "undefined");
  const entries = headers.map(([name, items]) => `${propertyKey(name)}: ${literal(items.map(place))}`);
  return [
    ...(entries.length > 0 ? [`headers: { ${entries.join(", ")} }`] : []),
    ...(properties.entries.length > 0 ? [`properties: ${literal(mapped(properties, place))}`] : []),
  ].join(", ");
}

function parametersOf(values: Values): readonly Parameter[] {
  const used = new Set(["url"]);
  return values.map(({ name, value }) => ({ name: unused(identifier(name, "value"), used), type: value.type }));
}

/** `sigv4ForS3`, after the auth schemes of a result and what they sign for. */
function nameOf({ properties }: EndpointRule): string {
  const schemes = properties.entries.find(([name]) => name === "authSchemes")?.[1];
  const maps = schemes?.kind === "list" ? schemes.items.filter((item) => item.kind === "map") : [];
  const textOf = (map: (typeof maps)[number], key: string): string => {
    const value = map.entries.find(([name]) => name === key)?.[1];
    return value?.kind === "literal" && typeof value.value === "string" ? value.value : "";
  };
  const names = maps.map((map) => textOf(map, "name")).join(" and ");
  const service = maps.map((map) => textOf(map, "signingName"))[0] ?? "";
  return identifier(service === "" ? names : `${names} for ${service}`, "endpoint");
}

/** `sigv4 for s3-outposts` → `sigv4ForS3Outposts`. */
function identifier(text: string, fallback: string): string {
  const words = text.split(/[^A-Za-z\d]+/).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join("");
  return /^[A-Za-z]/.test(joined) ? lowerCamel(joined) : fallback;
}

function unused(name: string, used: Set<string>): string {
  let free = name;
  for (let number = 2; used.has(free) || keywords.has(free) || globals.has(free); number++) free = `${name}${number}`;
  used.add(free);
  return free;
}

function resultsIn(rules: readonly Rule[]): EndpointRule[] {
  return rules.flatMap((rule) => {
    if (rule.kind === "tree") return resultsIn(rule.rules);
    return rule.kind === "endpoint" ? [rule] : [];
  });
}
