import type { OperationIr } from "../../plugin.js";

export interface Group {
  readonly name: string;
  /** Anchor of its heading on the first page. */
  readonly anchor: string;
  readonly operations: readonly OperationIr[];
}

/** Above this number, operations without groups are listed by letter. */
const long = 40;

/**
 * Operations as the first page lists them: by resource or tag if the model has them, otherwise those that only read and
 * the others if the model states that, otherwise by letter if there are many.
 */
export function groupsOf(operations: readonly OperationIr[]): Group[] {
  return grouped(operations, nameFunction(operations));
}

const others = "Other operations";

function nameFunction(operations: readonly OperationIr[]): (operation: OperationIr) => string {
  if (operations.some(({ group }) => group !== undefined)) return ({ group }) => group ?? others;
  if (operations.length > long) return ({ name }) => name.charAt(0).toUpperCase();
  if (operations.some(({ readonly }) => readonly)) return ({ readonly }) => (readonly ? "Reads" : "Changes");
  return () => "Operations";
}

function grouped(operations: readonly OperationIr[], nameOf: (operation: OperationIr) => string): Group[] {
  const groups = new Map<string, OperationIr[]>();
  for (const operation of operations) {
    const name = nameOf(operation);
    groups.set(name, [...(groups.get(name) ?? []), operation]);
  }
  const inOrder = [...groups].toSorted(
    ([left], [right]) => Number(left === others) - Number(right === others) || (left < right ? -1 : 1),
  );
  return inOrder.map(([name, members], index) => ({ name, anchor: `group-${index + 1}`, operations: members }));
}
