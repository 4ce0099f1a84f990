import type { Json, JsonObject } from "./interpreter.js";

/** A `smithy.rules#endpointBdd` that decides what a rule set decides: equal parts are one node. */
export function bddOf(ruleSet: JsonObject): JsonObject {
  return new BddBuilder().build(ruleSet);
}

/** The nodes of a diagram as the trait has them. */
export function encodeNodes(nodes: readonly (readonly number[])[]): string {
  const bytes = Buffer.alloc(nodes.length * 12);
  for (const [index, integer] of nodes.flat().entries()) bytes.writeInt32BE(integer, index * 4);
  return bytes.toString("base64");
}

/** What one condition leaves behind: what came out of those before, and what names in the rules are called now. */
interface Way {
  readonly known: ReadonlyMap<number, boolean>;
  readonly names: ReadonlyMap<string, string>;
}

type Next = (way: Way) => number;
const firstResult = 100_000_000;

class BddBuilder {
  readonly #conditions = new Map<string, { index: number; condition: JsonObject }>();
  readonly #results = new Map<string, { index: number; result: JsonObject }>();
  readonly #nodes = new Map<string, number>([["-1,1,-1", 1]]);

  build(ruleSet: JsonObject): JsonObject {
    const { parameters } = ruleSet;
    const rules = ruleSet["rules"] as readonly JsonObject[];
    const root = this.#rules(rules, () => firstResult)({ known: new Map(), names: new Map() });
    const nodes = [...this.#nodes.keys()].map((key) => key.split(",").map(Number));
    return {
      version: "1.1",
      parameters: parameters ?? {},
      conditions: [...this.#conditions.values()].map(({ condition }) => condition),
      results: [...this.#results.values()].map(({ result }) => result),
      root,
      nodeCount: nodes.length,
      nodes: encodeNodes(nodes),
    };
  }

  #rules(rules: readonly JsonObject[], otherwise: Next): Next {
    const [first, ...rest] = rules;
    if (!first) return otherwise;
    return (way) => {
      const next = this.#rules(rest, otherwise);
      return this.#rule(first, (later) => next({ ...later, names: way.names }))(way);
    };
  }

  #rule(rule: JsonObject, otherwise: Next): Next {
    const then: Next =
      rule["type"] === "tree"
        ? this.#rules(rule["rules"] as readonly JsonObject[], () => firstResult)
        : (way) => this.#result(rule, way);
    const conditions = rule["conditions"] as readonly JsonObject[];
    return conditions.reduceRight<Next>((next, condition) => this.#condition(condition, next, otherwise), then);
  }

  #condition(condition: JsonObject, then: Next, otherwise: Next): Next {
    return (way) => {
      const { index, name } = this.#conditionIndex(condition, way);
      const names = name ? new Map([...way.names, [String(condition["assign"]), name]]) : way.names;
      const known = way.known.get(index);
      if (known !== undefined) return known ? then({ ...way, names }) : otherwise(way);
      const high = then({ known: new Map([...way.known, [index, true]]), names });
      const low = otherwise({ ...way, known: new Map([...way.known, [index, false]]) });
      return high === low ? high : numbered(this.#nodes, `${index},${high},${low}`);
    };
  }

  /** A condition that assigns has a name of its own, so that no way through the diagram assigns one twice. */
  #conditionIndex(given: JsonObject, { names }: Way): { index: number; name: string | undefined } {
    const { assign, ...test } = given;
    const renamed = rename(test, names) as JsonObject;
    const key = JSON.stringify([renamed, assign ?? null]);
    let entry = this.#conditions.get(key);
    if (!entry) {
      const index = this.#conditions.size;
      const condition = assign === undefined ? renamed : { ...renamed, assign: `${String(assign)}_${index}` };
      entry = { index, condition };
      this.#conditions.set(key, entry);
    }
    return { index: entry.index, name: entry.condition["assign"] as string | undefined };
  }

  #result(rule: JsonObject, { names }: Way): number {
    const result = rename({ ...rule, conditions: [] }, names) as JsonObject;
    const key = JSON.stringify(result);
    const entry = this.#results.get(key) ?? { index: this.#results.size + 1, result };
    this.#results.set(key, entry);
    return firstResult + entry.index;
  }
}

function numbered(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size + 1;
  numbers.set(key, number);
  return number;
}

function rename(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") {
    return value.replace(/\{([A-Za-z]\w*)/g, (_, name: string) => `{${names.get(name) ?? name}`);
  }
  if (Array.isArray(value)) return value.map((item: Json) => rename(item, names));
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] =>
    key === "ref" && typeof item === "string" ? [key, names.get(item) ?? item] : [key, rename(item, names)],
  );
  return Object.fromEntries(entries);
}
