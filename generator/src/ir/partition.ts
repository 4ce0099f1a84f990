import type { ShapeId } from "../model/model.js";
import { compare } from "../analyze/closure.js";
import { fileName } from "./names.js";

/** Which module of the generated package each shape stands in. */
export interface Partition {
  /** By operation: the shapes that it alone uses, each after those it refers to as far as cycles allow. */
  readonly operations: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  /** Shapes that only errors use. */
  readonly errors: readonly ShapeId[];
  /** Shapes that several operations use. */
  readonly groups: readonly ShapeGroup[];
}

export interface ShapeGroup {
  /** Name of the module: that of the shape which leads to most of the others. */
  readonly name: string;
  readonly shapes: readonly ShapeId[];
}

export interface PartitionInput {
  /** Shapes that each operation's input and output refer to directly, themselves included where they are shapes. */
  readonly operations: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  /** Shapes that the members of errors refer to. */
  readonly errors: readonly ShapeId[];
  /** By shape, the shapes that it refers to directly (through lists and maps too). */
  readonly references: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  readonly nameOf: (shape: ShapeId) => string;
}

const errorModule = "(errors)";

/** Shapes that are used by exactly the same operations. */
interface Cell {
  readonly key: string;
  readonly users: ReadonlySet<ShapeId>;
  readonly shapes: ShapeId[];
}

/**
 * Where each shape stands:
 *
 * 1. what one operation alone uses stands in its module, what errors alone use with them;
 * 2. shapes that exactly the same operations use form a group, so that whoever loads a group needs all of it;
 * 3. a shape that would be alone joins the smallest group that all of its operations load anyway, provided that it
 *    brings no further group to those who load that one.
 *
 * A new operation or member moves only shapes that it refers to. A shape refers only to shapes that are used at least
 * as widely (and rule 3 keeps to that), so groups never import each other in a circle.
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

/** Cells as groups, each lone shape in the smallest group that its operations load anyway. */
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

/** The smallest cell that all users of another load, and whose users load what that one needs. */
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

/** Whether one group imports the other by way of a third: as one group, they would be part of a circle. */
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

/** The shape that leads to most of the others; of equals, the first by id. */
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

/** What is referred to before what refers to it, so that constants are there when they are needed. */
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
