import type { BddNode, Branch } from "./bdd-nodes.js";

/** Conditions by index, with their result on every path that leads to a node or result. */
export type Known = ReadonlyMap<number, boolean>;

/** The known results of conditions at each condition and at each result. */
export interface BddFacts {
  readonly nodes: ReadonlyMap<BddNode, Known>;
  readonly conditions: ReadonlyMap<number, Known>;
  readonly results: ReadonlyMap<number, Known>;
}

/** Follows all paths through the diagram. In `nodes`, each node comes after those that lead to it. */
export function gatherFacts(root: Branch, nodes: readonly BddNode[]): BddFacts {
  const facts = {
    nodes: new Map<BddNode, Known>(),
    conditions: new Map<number, Known>(),
    results: new Map<number, Known>(),
  };
  const arrive = (branch: Branch, known: Known): void => {
    if (branch.kind === "node") narrow(facts.nodes, branch.node, known);
    if (branch.kind === "result") narrow(facts.results, branch.index, known);
  };
  arrive(root, new Map());
  for (const node of nodes) {
    const known = facts.nodes.get(node) ?? new Map<number, boolean>();
    narrow(facts.conditions, node.condition, known);
    arrive(node.whenTrue, new Map(known).set(node.condition, true));
    arrive(node.whenFalse, new Map(known).set(node.condition, false));
  }
  return facts;
}

/** Keeps what this path has in common with the previous ones. */
function narrow<Key>(facts: Map<Key, Known>, key: Key, known: Known): void {
  const before = facts.get(key);
  facts.set(key, before ? new Map([...before].filter(([index, held]) => known.get(index) === held)) : known);
}
