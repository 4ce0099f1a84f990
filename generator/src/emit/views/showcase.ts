import type { OperationIr, ServiceIr } from "../../ir/ir.js";
import { needsNothing } from "./types.js";

/** Verbs of operations that only read. Few models of AWS have `smithy.api#readonly`. */
const reads = /^(?:BatchGet|Describe|Get|List|Lookup|Query|Scan|Search|Select)(?![a-z])/;

/** The operation that documentation shows first. Undefined if the service has none. */
export function featuredOperation(ir: ServiceIr): OperationIr | undefined {
  return best(ir.operations, (operation) => rank(operation, ir));
}

/** How suitable an operation is for the README: people call it, its input is realistic, and it changes nothing. */
export function rank(operation: OperationIr, ir: ServiceIr): number {
  const { facts, examples, input, name } = operation;
  const isRead = operation.readonly || reads.test(name);
  const hasExample = examples.length > 0;
  const points = [
    [facts.featured, 64],
    [!facts.deprecated, 32],
    [hasExample || needsNothing(input, ir), 16],
    [isRead, 8],
    [hasExample, 4],
  ] as const;
  return points.reduce((sum, [holds, value]) => sum + (holds ? value : 0), share(name, ir.operations));
}

/** The operation with the highest rank. Of equals, the one with the shortest name, then the first by name. */
export function best(
  operations: readonly OperationIr[],
  rankOf: (operation: OperationIr) => number,
): OperationIr | undefined {
  const ranked = operations.map((operation) => ({ operation, rank: rankOf(operation) }));
  return ranked.toSorted(
    (left, right) => right.rank - left.rank || left.operation.name.length - right.operation.name.length,
  )[0]?.operation;
}

/** Share of the service's operations that concern the same thing, such as objects in S3. Less than 4. */
function share(name: string, operations: readonly OperationIr[]): number {
  const thing = thingOf(name);
  if (thing === "") return 0;
  return (3 * operations.filter((other) => thingOf(other.name).startsWith(thing)).length) / operations.length;
}

/** `DescribeTrails` → `Trail`. */
function thingOf(name: string): string {
  return name.replace(/^(?:Batch)?[A-Z][a-z]+(?=[A-Z]|$)/, "").replace(/s$/, "");
}
