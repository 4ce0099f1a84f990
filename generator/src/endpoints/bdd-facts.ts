import type { BddNode, Branch } from "./bdd-nodes.js";

/** Conditions by index, and how they came out, on every way that leads to a place. */
export type Known = ReadonlyMap<number, boolean>;

/** What is known where a question is asked, or an answer given. */
export interface BddFacts {
  readonly nodes: ReadonlyMap<BddNode, Known>;
  readonly conditions: ReadonlyMap<number, Known>;
  readonly results: ReadonlyMap<number, Known>;
}

/** Follows all ways through the diagram. `nodes` stand after those that lead to them. */
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

/** Keeps what this way has in common with those before it. */
function narrow<Place>(facts: Map<Place, Known>, place: Place, known: Known): void {
  const before = facts.get(place);
  facts.set(place, before ? new Map([...before].filter(([index, held]) => known.get(index) === held)) : known);
}
