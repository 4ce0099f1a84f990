import type { Bdd } from "./bdd.js";
import type { BddNode, Branch } from "./bdd-nodes.js";
import { alwaysMatches } from "./conditions.js";
import { maxDepth } from "./expressions.js";
import { simplifyRuleSet } from "./simplify.js";
import type { Reference, Rule, RuleFunction, Variable } from "./tree.js";
import { dropUnused } from "./unused.js";

/** A diagram as rules, with a function for each part that is reached by several paths. */
export interface BddRules {
  readonly rules: readonly Rule[];
  readonly functions: readonly RuleFunction[];
  /** Variables that are read. */
  readonly used: ReadonlySet<Variable>;
}

/** Converts a diagram to rules and extracts its shared parts. Equal results are shared, unless they are short. */
export function rulesOfBdd(bdd: Bdd): BddRules {
  return new BddConverter(bdd).convert();
}

interface MadeFunction extends RuleFunction {
  readonly used: ReadonlySet<Variable>;
}

class BddConverter {
  readonly #bdd: Bdd;
  readonly #ways = new Map<BddNode | number, number>();
  readonly #depths = new Map<BddNode, number>();
  readonly #functions = new Map<BddNode | number, MadeFunction>();

  constructor(bdd: Bdd) {
    this.#bdd = bdd;
  }

  convert(): BddRules {
    const { root, nodes, results, set, resultSet } = this.#bdd;
    this.#count(root, 0);
    for (const node of nodes) {
      const depth = this.#isShared(node) ? 0 : (this.#depths.get(node) ?? 0);
      this.#count(node.whenTrue, depth + 1);
      this.#count(node.whenFalse, depth + 1);
    }
    const sharedNodes = nodes.filter((node) => this.#isShared(node));
    const sharedResults = [...results.keys()].filter((index) => this.#isShared(index));
    for (const index of sharedResults) {
      this.#add(index, `result${index + 1}`, this.#result(index), resultSet.get(index) ?? []);
    }
    // Called functions are created before their callers, and printed after them.
    for (const [index, node] of [...sharedNodes.entries()].toReversed()) {
      this.#add(node, `decision${index + 1}`, this.#node(node), set.get(node) ?? []);
    }
    const used = new Set<Variable>();
    const rules = finish(this.#branch(root), used);
    const called = calledIn(rules);
    // Simplification may leave functions without a caller. Callers come first.
    const functions = [...sharedNodes, ...sharedResults].flatMap((target) => {
      const entry = this.#functions.get(target);
      if (!entry || !called.has(entry.name)) return [];
      for (const name of calledIn(entry.rules)) called.add(name);
      for (const variable of entry.used) used.add(variable);
      return [entry];
    });
    return { rules, functions, used };
  }

  #count(branch: Branch, depth: number): void {
    if (branch.kind === "none") return;
    const target = branch.kind === "node" ? branch.node : branch.index;
    this.#ways.set(target, (this.#ways.get(target) ?? 0) + 1);
    if (typeof target !== "number") this.#depths.set(target, depth);
  }

  /** Whether a part becomes a function: several paths lead to it, or it would be nested too deep. */
  #isShared(target: BddNode | number): boolean {
    if (typeof target === "number" && this.#bdd.results.get(target)?.kind === "error") return false;
    return (this.#ways.get(target) ?? 0) > 1 || (typeof target !== "number" && this.#depths.get(target) === maxDepth);
  }

  #add(target: BddNode | number, name: string, rules: readonly Rule[], set: readonly Reference[]): void {
    const used = new Set<Variable>();
    const kept = finish(rules, used);
    const parameters = set.filter(({ variable }) => used.has(variable));
    this.#functions.set(target, { name, parameters, rules: kept, used });
  }

  #branch(branch: Branch): readonly Rule[] {
    if (branch.kind === "none") return [];
    const target = branch.kind === "node" ? branch.node : branch.index;
    const shared = this.#functions.get(target);
    if (shared) {
      const { name, parameters } = shared;
      return [{ kind: "shared", conditions: [], documentation: undefined, name, argv: parameters }];
    }
    return typeof target === "number" ? this.#result(target) : this.#node(target);
  }

  #result(index: number): readonly Rule[] {
    const result = this.#bdd.results.get(index);
    return result ? [result] : [];
  }

  #node(node: BddNode): readonly Rule[] {
    const condition = this.#bdd.conditions.get(node.condition);
    if (!condition) return [];
    const rules = this.#branch(node.whenTrue);
    const [only, ...others] = rules;
    const rule: Rule =
      only && others.length === 0 && alwaysMatches(only)
        ? { ...only, conditions: [condition, ...only.conditions] }
        : { kind: "tree", conditions: [condition], documentation: undefined, rules };
    return [rule, ...this.#branch(node.whenFalse)];
  }
}

function finish(rules: readonly Rule[], used: Set<Variable>): readonly Rule[] {
  return dropUnused(simplifyRuleSet({ parameters: [], rules }).rules, used);
}

/** Names of the functions that rules call. */
function calledIn(rules: readonly Rule[], names = new Set<string>()): Set<string> {
  for (const rule of rules) {
    if (rule.kind === "shared") names.add(rule.name);
    if (rule.kind === "tree") calledIn(rule.rules, names);
  }
  return names;
}
