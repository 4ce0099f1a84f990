import type { Json, JsonObject } from "./interpreter.js";

interface Entry {
  readonly name: string;
  readonly type: "string" | "boolean" | "strings" | "Url" | "Arn" | "Partition";
  readonly optional: boolean;
}

const texts = ["", "x", "us-east-1", "cn-north-1", "a--b--c", "https://example.com/p", "arn:aws:sns:us-east-1:1:a/b"];

/** A rule set that is right by the specification, the same for the same seed. */
export function randomRuleSet(seed: number): JsonObject {
  return new RandomRules(seed).ruleSet();
}

/** Values for the parameters of such a rule set. */
export function randomParameters(seed: number): Record<string, string | boolean | readonly string[]> {
  const random = new RandomRules(seed);
  const given: [string, string | boolean | readonly string[]][] = [
    ["Text", random.pick(texts)],
    ["Other", random.pick(texts)],
    ["Flag", random.pick([true, false])],
    ["Maybe", random.pick([true, false])],
    ["List", random.pick([[], ["x"], ["x", "us-east-1"]])],
    ["Needed", random.pick(texts)],
  ];
  return Object.fromEntries(given.filter(([name]) => name === "Needed" || random.chance(0.7)));
}

class RandomRules {
  #state: number;
  #assigned = 0;

  constructor(seed: number) {
    this.#state = seed + 0x9e3779b9;
  }

  ruleSet(): JsonObject {
    const parameters: JsonObject = {
      Text: { type: "String" },
      Other: { type: "string" },
      Flag: { type: "Boolean", required: true, default: this.chance(0.5) },
      Maybe: { type: "boolean" },
      List: { type: "stringArray" },
      Needed: { type: "string", required: true },
    };
    const scope: Entry[] = [
      { name: "Text", type: "string", optional: true },
      { name: "Other", type: "string", optional: true },
      { name: "Flag", type: "boolean", optional: false },
      { name: "Maybe", type: "boolean", optional: true },
      { name: "List", type: "strings", optional: true },
      { name: "Needed", type: "string", optional: false },
    ];
    return { version: "1.1", parameters, rules: this.#rules(scope, 0) };
  }

  #rules(scope: readonly Entry[], depth: number): JsonObject[] {
    return Array.from({ length: 1 + this.#below(5 - depth) }, () => this.#rule([...scope], depth));
  }

  #rule(scope: Entry[], depth: number): JsonObject {
    const conditions = Array.from({ length: this.#below(4) }, () => this.#condition(scope));
    if (depth < 3 && this.chance(0.5)) return { type: "tree", conditions, rules: this.#rules(scope, depth + 1) };
    const text = `https://${this.#below(1000)}.${this.chance(0.5) ? this.#placeholder(scope) : "com"}`;
    if (this.chance(0.5)) return { type: "error", conditions, error: text };
    return { type: "endpoint", conditions, endpoint: { url: text } };
  }

  /** A condition; what it proves or assigns is added to the scope. */
  #condition(scope: Entry[]): JsonObject {
    const unset = scope.filter(({ optional }) => optional);
    const candidate = unset.length > 0 && this.chance(0.3) ? this.pick(unset) : undefined;
    if (candidate) {
      const isSet = { fn: "isSet", argv: [{ ref: candidate.name }] };
      if (this.chance(0.3)) return { fn: "not", argv: [isSet] };
      scope[scope.indexOf(candidate)] = { ...candidate, optional: false };
      return isSet;
    }
    if (this.chance(0.5)) return this.#test(scope);
    const [value, type] = this.#value(scope);
    if (this.chance(0.2)) return value;
    const name = this.chance(0.5) ? `value_${this.#assigned++ % 3}` : `Value${this.#assigned++}`;
    if (scope.some((entry) => entry.name === name)) return value;
    scope.push({ name, type, optional: false });
    return { ...value, assign: name };
  }

  #test(scope: readonly Entry[]): JsonObject {
    switch (this.#below(4)) {
      case 0:
        return { fn: "not", argv: [this.#test(scope)] };
      case 1:
        return { fn: "stringEquals", argv: this.#shuffled([this.#text(scope), this.#text(scope)]) };
      case 2:
        return { fn: "isValidHostLabel", argv: [this.#text(scope), this.chance(0.5)] };
      default:
        return { fn: "booleanEquals", argv: this.#shuffled([this.#flag(scope), this.#flag(scope)]) };
    }
  }

  #value(scope: readonly Entry[]): [JsonObject, Entry["type"]] {
    const text = this.#text(scope);
    const lists = scope.filter(({ type, optional }) => type === "strings" && !optional);
    const list =
      lists.length > 0 ? { ref: this.pick(lists).name } : { fn: "split", argv: [text, "--", this.#below(3)] };
    switch (this.#below(10)) {
      case 0:
        return [{ fn: "substring", argv: [text, this.#below(2), this.#below(4), this.chance(0.5)] }, "string"];
      case 1:
        return [{ fn: "parseURL", argv: [text] }, "Url"];
      case 2:
        return [{ fn: "aws.parseArn", argv: [text] }, "Arn"];
      case 3:
        return [{ fn: "aws.partition", argv: [text] }, "Partition"];
      case 4:
        return [{ fn: "split", argv: [text, "--", this.#below(3)] }, "strings"];
      case 5:
        return [{ fn: "getAttr", argv: [list, this.pick(["[0]", "[1]", "[-1]"])] }, "string"];
      case 6:
        return [{ fn: "coalesce", argv: [{ ref: "Text" }, { ref: "Other" }, text] }, "string"];
      case 7:
        return [{ fn: "ite", argv: [this.#flag(scope), text, this.chance(0.5) ? { ref: "Other" } : "x"] }, "string"];
      case 8:
        return [this.#test(scope), "boolean"];
      default:
        return [{ fn: "coalesce", argv: [{ ref: "Maybe" }, this.#flag(scope)] }, "boolean"];
    }
  }

  #text(scope: readonly Entry[]): Json {
    if (this.chance(0.3)) return this.pick(texts);
    if (this.chance(0.1)) return { fn: "ite", argv: [this.#flag(scope), this.pick(texts), this.pick(texts)] };
    return this.chance(0.5) ? { ref: this.#named(scope, "string") } : this.#placeholder(scope);
  }

  #flag(scope: readonly Entry[]): Json {
    if (this.chance(0.4)) return this.chance(0.5);
    const records = scope.filter(({ type }) => type === "Partition");
    if (records.length > 0 && this.chance(0.5)) {
      return { fn: "getAttr", argv: [{ ref: this.pick(records).name }, "supportsFIPS"] };
    }
    if (this.chance(0.2)) return { fn: "isSet", argv: [{ ref: this.pick(scope).name }] };
    return { ref: this.#named(scope, "boolean") };
  }

  #placeholder(scope: readonly Entry[]): string {
    const paths = { Url: "authority", Arn: "region", Partition: "name" } as const;
    const usable = scope.filter(({ type, optional }) => !optional && type !== "boolean" && type !== "strings");
    const { name, type } = this.pick(usable);
    return type === "Url" || type === "Arn" || type === "Partition" ? `{${name}#${paths[type]}}` : `{${name}}`;
  }

  #named(scope: readonly Entry[], wanted: Entry["type"]): string {
    return this.pick(scope.filter(({ type, optional }) => type === wanted && !optional)).name;
  }

  #shuffled(values: Json[]): Json[] {
    return this.chance(0.5) ? values.toReversed() : values;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new Error("Nothing to pick from");
    return value;
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
