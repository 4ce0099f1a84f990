import type { ShapeId } from "../model/model.js";
import { compare } from "../analyze/closure.js";
import { fileName } from "./names.js";

/** The module of each shape in the generated package. */
export interface Partition {
  /** Shapes that only one operation uses, by operation. Each comes after the shapes it refers to, except in cycles. */
  readonly operations: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  /** Shapes that only errors use. */
  readonly errors: readonly ShapeId[];
  /** Shapes that several operations use. */
  readonly groups: readonly ShapeGroup[];
}

export interface ShapeGroup {
  /** Name of the module: the shape from which most of the others are reachable. */
  readonly name: string;
  readonly shapes: readonly ShapeId[];
}

export interface PartitionInput {
  /** Input and output shapes of each operation, and the shapes to which they refer directly. */
  readonly operations: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  /** Shapes that the members of errors refer to. */
  readonly errors: readonly ShapeId[];
  /** Shapes that a shape refers to directly or through lists and maps, by shape. */
  readonly references: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  readonly nameOf: (shape: ShapeId) => string;
}

const errorModule = "(errors)";

/** Shapes that are used by the same set of operations. */
interface Cell {
  readonly key: string;
  readonly users: ReadonlySet<ShapeId>;
  readonly shapes: ShapeId[];
}

/**
 * Assigns each shape to a module:
 *
 * 1. A shape that only one operation uses is in the operation's module. Shapes that only errors use are in `errors.ts`.
 * 2. Shapes that are used by the same set of operations form a group, so that an operation needs all of its groups.
 * 3. A shape that would be alone joins the smallest group that all of its operations load anyway, unless that group
 *    would then need a further group.
 *
 * A new operation or member only moves shapes to which it refers. A shape only refers to shapes that are used by at
 * least the same operations (rule 3 preserves this), so groups never import each other in a circle.
 */
export function partition(input: PartitionInput): Partition {
  const cells = cellsOf(input);
  const operations = new Map([...input.operations.keys()].map((id) => [id, [] as readonly ShapeId[]]));
  let errors: readonly ShapeId[] = [];
  const shared: Cell[] = [];
  for (const cell of cells) {
    const [only] = cell.users;
    if (cell.users.size > 1 || only === undefined) shared.push(cell);
    else if (only === errorModule) errors = inOrder(cell.shapes, input.errors, input);
    else operations.set(only, inOrder(cell.shapes, input.operations.get(only) ?? [], input));
  }
  const taken = new Set<string>();
  const groups = joinLoners(shared, input.references)
    .map((shapes) => {
      const root = rootOf(shapes, input);
      return { root, name: input.nameOf(root), shapes: inOrder(shapes, [root], input) };
    })
    .toSorted((left, right) => compare(left.root, right.root))
    .map(({ name, shapes }) => ({ name: fileName(name, taken), shapes }));
  return { operations, errors, groups };
}

function cellsOf(input: PartitionInput): Cell[] {
  const users = new Map<ShapeId, Set<ShapeId>>();
  const use = (user: ShapeId, roots: readonly ShapeId[]): void => {
    for (const shape of reachable(roots, input.references)) {
      const known = users.get(shape);
      if (known) known.add(user);
      else users.set(shape, new Set([user]));
    }
  };
  for (const [operation, roots] of input.operations) use(operation, roots);
  use(errorModule, input.errors);

  const cells = new Map<string, Cell>();
  for (const [shape, shapeUsers] of users) {
    const key = [...shapeUsers].toSorted(compare).join(" ");
    const cell = cells.get(key);
    if (cell) cell.shapes.push(shape);
    else cells.set(key, { key, users: shapeUsers, shapes: [shape] });
  }
  return [...cells.values()].toSorted((left, right) => compare(left.key, right.key));
}

/** Turns cells into groups. A lone shape joins the smallest group that its operations load anyway. */
function joinLoners(cells: readonly Cell[], references: PartitionInput["references"]): ShapeId[][] {
  const groupOf = new Map(
    cells.flatMap((cell) => {
      const group = new Set(cell.shapes);
      return cell.shapes.map((shape) => [shape, group] as const);
    }),
  );
  const usersOf = new Map(cells.flatMap(({ shapes, users }) => shapes.map((shape) => [shape, users] as const)));
  for (const cell of cells) {
    const [lone, second] = cell.shapes;
    const needs = (references.get(lone ?? "") ?? []).flatMap((shape) => usersOf.get(shape) ?? []);
    const [hosted] = (second === undefined ? hostOf(cell, needs, cells)?.shapes : undefined) ?? [];
    const from = lone === undefined ? undefined : groupOf.get(lone);
    const to = hosted === undefined ? undefined : groupOf.get(hosted);
    if (!from || !to || from === to || leadsThroughOthers(from, to, groupOf, references)) continue;
    for (const shape of from) {
      to.add(shape);
      groupOf.set(shape, to);
    }
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}

/** The smallest cell that all users of `cell` load, and whose users load everything that `cell` needs. */
function hostOf(cell: Cell, needs: readonly Cell["users"][], cells: readonly Cell[]): Cell | undefined {
  let host: Cell | undefined;
  const isWithin = (users: Cell["users"], others: Cell["users"]): boolean =>
    [...users].every((user) => others.has(user));
  for (const other of cells) {
    if (other.users.size <= cell.users.size || (host && other.users.size >= host.users.size)) continue;
    if (isWithin(cell.users, other.users) && needs.every((users) => isWithin(other.users, users))) host = other;
  }
  return host;
}

/** Whether one group imports the other through a third. Joining them would create an import circle. */
function leadsThroughOthers(
  left: ReadonlySet<ShapeId>,
  right: ReadonlySet<ShapeId>,
  groupOf: ReadonlyMap<ShapeId, ReadonlySet<ShapeId>>,
  references: PartitionInput["references"],
): boolean {
  const importsOf = (group: ReadonlySet<ShapeId>): ReadonlySet<ShapeId>[] =>
    [...group].flatMap((shape) => references.get(shape) ?? []).flatMap((shape) => groupOf.get(shape) ?? []);
  const isEither = (group: ReadonlySet<ShapeId>): boolean => group === left || group === right;
  const seen = new Set<ReadonlySet<ShapeId>>();
  const open = [left, right].flatMap(importsOf).filter((group) => !isEither(group));
  for (let group = open.pop(); group !== undefined; group = open.pop()) {
    if (isEither(group)) return true;
    if (seen.has(group)) continue;
    seen.add(group);
    open.push(...importsOf(group));
  }
  return false;
}

function reachable(roots: readonly ShapeId[], references: ReadonlyMap<ShapeId, readonly ShapeId[]>): Set<ShapeId> {
  const seen = new Set<ShapeId>();
  const open = [...roots];
  for (let shape = open.pop(); shape !== undefined; shape = open.pop()) {
    if (seen.has(shape)) continue;
    seen.add(shape);
    open.push(...(references.get(shape) ?? []));
  }
  return seen;
}

/** The shape from which most of the others are reachable. Of equals, the first by shape ID. */
function rootOf(shapes: readonly ShapeId[], { references }: PartitionInput): ShapeId {
  const own = new Set(shapes);
  const reachOf = (shape: ShapeId): number => [...reachable([shape], references)].filter((id) => own.has(id)).length;
  const [first, ...others] = shapes.toSorted(compare);
  if (first === undefined) throw new Error("A group has at least one shape");
  let root = first;
  let most = reachOf(first);
  for (const shape of others) {
    const reached = reachOf(shape);
    if (reached > most) [root, most] = [shape, reached];
  }
  return root;
}

/** Sorts shapes so that constants are declared before they are used. */
function inOrder(shapes: readonly ShapeId[], roots: readonly ShapeId[], { references }: PartitionInput): ShapeId[] {
  const own = new Set(shapes);
  const seen = new Set<ShapeId>();
  const order: ShapeId[] = [];
  const visit = (shape: ShapeId): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    for (const target of references.get(shape) ?? []) visit(target);
    if (own.has(shape)) order.push(shape);
  };
  for (const root of [...roots, ...shapes.toSorted(compare)]) visit(root);
  return order;
}
