import type { Report } from "./scope.js";

/** Target of a branch: another node, a result, or none (no rule matches). */
export type Branch =
  | { readonly kind: "node"; readonly node: BddNode }
  | { readonly kind: "result"; readonly index: number }
  | { readonly kind: "none" };

/** A node of the diagram: a condition with two branches. */
export interface BddNode {
  readonly condition: number;
  readonly whenTrue: Branch;
  readonly whenFalse: Branch;
}

interface Triple {
  readonly condition: number;
  readonly high: number;
  readonly low: number;
}

interface Sizes {
  readonly conditions: number;
  readonly results: number;
}

/**
 * References from this number on are results. This one means that no rule matches, later ones are the trait's results.
 */
const firstResult = 100_000_000;
const bytesPerNode = 12;

/**
 * Links the nodes of the diagram. Returns the root and all reachable nodes, each after those that lead to it. Returns
 * undefined and reports a problem if the references of the trait are invalid.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html#bdd-node-structure
 */
export function linkNodes(
  trait: Readonly<Record<string, unknown>>,
  sizes: Sizes,
  report: Report,
): { readonly root: Branch; readonly nodes: readonly BddNode[] } | undefined {
  const triples = decodeNodes(trait["nodes"], trait["nodeCount"], report);
  const { root } = trait;
  if (!triples) return undefined;
  if (typeof root !== "number" || !isReference(root, triples.length, sizes) || root < 0) {
    report("root", "must be a reference to a node or a result, and must not be negative");
    return undefined;
  }
  if (!areTriplesValid(triples, sizes, report)) return undefined;
  const order = orderFrom(root, triples);
  if (!order) {
    report("nodes", "must not form a cycle");
    return undefined;
  }
  const linked = new Map<number, BddNode>();
  for (const reference of order.toReversed()) {
    const { condition, high, low } = tripleOf(reference, triples);
    linked.set(reference, { condition, whenTrue: branchOf(high, linked), whenFalse: branchOf(low, linked) });
  }
  return { root: branchOf(root, linked), nodes: order.flatMap((reference) => linked.get(reference) ?? []) };
}

/** Decodes `[condition, high, low]` of each node: three big-endian 32-bit integers, in base64. */
function decodeNodes(nodes: unknown, nodeCount: unknown, report: Report): Triple[] | undefined {
  if (typeof nodes !== "string" || !/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(nodes)) {
    report("nodes", "must be a base64 string");
    return undefined;
  }
  const bytes = Buffer.from(nodes, "base64");
  if (bytes.length === 0 || bytes.length % bytesPerNode !== 0) {
    report("nodes", `must have ${bytesPerNode} bytes for each node and at least one node, not ${bytes.length} bytes`);
    return undefined;
  }
  const count = bytes.length / bytesPerNode;
  if (nodeCount !== count) {
    report("nodeCount", `must be ${count}, the number of nodes in nodes`);
    return undefined;
  }
  return Array.from({ length: count }, (_, index) => {
    const at = index * bytesPerNode;
    return { condition: bytes.readInt32BE(at), high: bytes.readInt32BE(at + 4), low: bytes.readInt32BE(at + 8) };
  });
}

function areTriplesValid([terminal, ...triples]: readonly Triple[], sizes: Sizes, report: Report): boolean {
  let isValid = true;
  const reject = (index: number, problem: string): void => {
    isValid = false;
    report(`nodes[${index}]`, problem);
  };
  if (terminal?.condition !== -1 || terminal.high !== 1 || terminal.low !== -1) {
    reject(0, "must be the terminal [-1, 1, -1]");
  }
  for (const [index, { condition, high, low }] of triples.entries()) {
    if (condition < 0 || condition >= sizes.conditions) {
      reject(index + 1, `refers to conditions[${condition}], which does not exist`);
    }
    for (const reference of [high, low]) {
      if (!isReference(reference, triples.length + 1, sizes)) {
        reject(index + 1, `leads to ${reference}, which is neither a node nor a result`);
      }
    }
  }
  return isValid;
}

function isReference(reference: number, nodes: number, { results }: Sizes): boolean {
  if (!Number.isInteger(reference) || reference === 0) return false;
  return reference >= firstResult ? reference <= firstResult + results : Math.abs(reference) <= nodes;
}

function isNode(reference: number): boolean {
  return Math.abs(reference) > 1 && reference < firstResult;
}

/** The node of a reference. A negative reference swaps the branches. */
function tripleOf(reference: number, triples: readonly Triple[]): Triple {
  const triple = triples[Math.abs(reference) - 1];
  if (!triple) throw new Error(`The endpoint rules have no node ${reference}`);
  return reference > 0 ? triple : { ...triple, high: triple.low, low: triple.high };
}

function branchOf(reference: number, linked: ReadonlyMap<number, BddNode>): Branch {
  const node = linked.get(reference);
  if (node) return { kind: "node", node };
  return reference > firstResult ? { kind: "result", index: reference - firstResult - 1 } : { kind: "none" };
}

/** References in topological order. Undefined if they form a cycle. */
function orderFrom(root: number, triples: readonly Triple[]): number[] | undefined {
  const next = (reference: number): number[] => {
    const { high, low } = tripleOf(reference, triples);
    return [high, low].filter(isNode);
  };
  const waysTo = new Map<number, number>();
  const found = isNode(root) ? [root] : [];
  for (const reference of found) {
    for (const to of next(reference)) {
      if (!waysTo.has(to) && to !== root) found.push(to);
      waysTo.set(to, (waysTo.get(to) ?? 0) + 1);
    }
  }
  const order = found.filter((reference) => !waysTo.has(reference));
  for (const reference of order) {
    for (const to of next(reference)) {
      const left = (waysTo.get(to) ?? 0) - 1;
      waysTo.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order.length === found.length ? order : undefined;
}
