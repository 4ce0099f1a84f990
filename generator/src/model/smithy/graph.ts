/** What {@link walk} tells of a graph. */
interface Visitor {
  /** All that a node leads to has been left before it, except along a cycle. */
  readonly leave?: (id: string) => void;
  /** A cycle, from the node that closes it; one for each such node. */
  readonly cycle?: (ids: readonly string[]) => void;
}

/** Walks a graph depth first. It does not recurse, so that no chain of shapes is too long for it. */
export function walk(roots: Iterable<string>, next: (id: string) => readonly string[], visitor: Visitor): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const told = new Set<string>();
  for (const root of roots) {
    if (done.has(root)) continue;
    const stack = [{ id: root, targets: next(root), index: 0 }];
    open.add(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = top.targets[top.index++];
      if (target === undefined) {
        stack.pop();
        open.delete(top.id);
        done.add(top.id);
        visitor.leave?.(top.id);
      } else if (open.has(target)) {
        if (!told.has(target))
          visitor.cycle?.(stack.slice(stack.findLastIndex(({ id }) => id === target)).map(({ id }) => id));
        told.add(target);
      } else if (!done.has(target)) {
        stack.push({ id: target, targets: next(target), index: 0 });
        open.add(target);
      }
    }
  }
}

/** The most nodes that a message names of one cycle. */
const most = 6;

/** A cycle in words, back to where it began. */
export function cycleText(ids: readonly string[], link: string): string {
  const named = ids.length <= most ? ids : [...ids.slice(0, most - 1), "…"];
  return [...named, ids[0]].join(` ${link} `);
}
