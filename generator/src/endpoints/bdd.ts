import { gatherFacts, type Known } from "./bdd-facts.js";
import { type BddNode, type Branch, linkNodes } from "./bdd-nodes.js";
import { isCall, isObject } from "./expressions.js";
import { checkParameters } from "./parameters.js";
import { checkOutcome, checkCondition } from "./rules.js";
import { type Report, Scope } from "./scope.js";
import type { Condition, EndpointRule, ErrorRule, Parameter, Reference } from "./tree.js";

/** A binary decision diagram (BDD) with validated conditions and results. */
export interface Bdd {
  readonly parameters: readonly Parameter[];
  readonly root: Branch;
  /** Nodes in topological order: each comes after those that lead to it. */
  readonly nodes: readonly BddNode[];
  readonly conditions: ReadonlyMap<number, Condition>;
  readonly results: ReadonlyMap<number, EndpointRule | ErrorRule>;
  /** Variables that are set on every path to a node, by node, except parameters that are always set. */
  readonly set: ReadonlyMap<BddNode, readonly Reference[]>;
  readonly resultSet: ReadonlyMap<number, readonly Reference[]>;
}

/**
 * Reads a `smithy.rules#endpointBdd` trait of any content. Returns undefined and reports the problems if it is invalid.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait
 */
export function checkBdd(value: unknown, report: Report): Bdd | undefined {
  if (!isObject(value)) {
    report("", "must be an object");
    return undefined;
  }
  if (!/^1\.[1-9]\d*$/.test(String(value["version"]))) report("version", "must be 1.1 or a later 1.x");
  const scope = new Scope();
  const parameters = checkParameters(value["parameters"], scope, report);
  const conditions = listOf(value, "conditions", report);
  const results = listOf(value, "results", report);
  if (!conditions || !results) return undefined;
  const diagram = linkNodes(value, { conditions: conditions.length, results: results.length }, report);
  return diagram && new BddReader(scope, { conditions, results }, report).read(parameters, diagram);
}

interface Given {
  readonly conditions: readonly unknown[];
  readonly results: readonly unknown[];
}

class BddReader {
  readonly #scope: Scope;
  readonly #given: Given;
  readonly #report: Report;
  readonly #conditions = new Map<number, Condition>();

  constructor(scope: Scope, given: Given, report: Report) {
    this.#scope = scope;
    this.#given = given;
    this.#report = report;
  }

  read(parameters: readonly Parameter[], { root, nodes }: Pick<Bdd, "root" | "nodes">): Bdd {
    const facts = gatherFacts(root, nodes);
    // In the order of the nodes, so that the variables of a condition are read before it.
    for (const [index, known] of facts.conditions) {
      const { scope } = this.#at(known);
      const where = `conditions[${index}]`;
      const condition = checkCondition(this.#given.conditions[index], scope, where, this.#report);
      if (condition) this.#conditions.set(index, condition);
    }
    const results = new Map<number, EndpointRule | ErrorRule>();
    for (const [index, known] of facts.results) {
      const { scope } = this.#at(known);
      const result = checkResult(this.#given.results[index], scope, `results[${index}]`, this.#report);
      if (result) results.set(index, result);
    }
    const set = new Map(nodes.map((node) => [node, this.#at(facts.nodes.get(node)).set]));
    const resultSet = new Map([...facts.results].map(([index, known]) => [index, this.#at(known).set]));
    return { parameters, root, nodes, conditions: this.#conditions, results, set, resultSet };
  }

  /** The scope in which these results of conditions are known. */
  #at(known: Known = new Map()): { readonly scope: Scope; readonly set: readonly Reference[] } {
    const scope = new Scope(this.#scope);
    const set: Reference[] = [];
    for (const [index, held] of known) {
      const condition = this.#conditions.get(index);
      if (!condition) declareBroken(this.#given.conditions[index], scope);
      const reference = condition && whatIsSet(condition, held);
      if (!reference) continue;
      scope.declareSet(reference);
      set.push(reference);
    }
    return { scope, set };
  }
}

/** The variable that a condition assigned, or proved to be set. */
function whatIsSet({ value, assign }: Condition, held: boolean): Reference | undefined {
  if (assign) {
    return held ? { kind: "reference", variable: assign, type: value.type, optional: false } : undefined;
  }
  const [inner] = isCall(value, "not") ? value.argv : [];
  const test = held ? value : inner;
  const [argument] = isCall(test, "isSet") ? test.argv : [];
  return argument?.kind === "reference" && argument.optional ? { ...argument, optional: false } : undefined;
}

/** Declares the variable of a condition that was already reported, so that its uses are not reported. */
function declareBroken(condition: unknown, scope: Scope): void {
  if (isObject(condition) && typeof condition["assign"] === "string") scope.declareBroken(condition["assign"]);
}

function checkResult(
  value: unknown,
  scope: Scope,
  where: string,
  report: Report,
): EndpointRule | ErrorRule | undefined {
  if (!isObject(value)) {
    report(where, "must be an object");
    return undefined;
  }
  const { conditions = [] } = value;
  if (!Array.isArray(conditions) || conditions.length > 0) report(`${where}.conditions`, "must be absent or empty");
  if (value["type"] === "endpoint" || value["type"] === "error") return checkOutcome(value, [], scope, where, report);
  report(where, "must have the type endpoint or error");
  return undefined;
}

function listOf(
  value: Readonly<Record<string, unknown>>,
  name: string,
  report: Report,
): readonly unknown[] | undefined {
  const list = value[name];
  if (Array.isArray(list)) return list;
  report(name, "must be a list");
  return undefined;
}
