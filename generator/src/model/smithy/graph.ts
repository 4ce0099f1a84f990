/** Callbacks of {@link walk}. */
interface Visitor {
  /** Called after all successors of a node have been left, except along a cycle. */
  readonly leave?: (id: string) => void;
  /** Called for each node that closes a cycle, with the nodes of the cycle. */
  readonly cycle?: (ids: readonly string[]) => void;
}

/** Traverses a graph depth first. It does not recurse, so that long chains of shapes cannot overflow the stack. */
export function walk(roots: Iterable<string>, next: (id: string) => readonly string[], visitor: Visitor): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const reported = new Set<string>();
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
        if (!reported.has(target))
          visitor.cycle?.(stack.slice(stack.findLastIndex(({ id }) => id === target)).map(({ id }) => id));
        reported.add(target);
      } else if (!done.has(target)) {
        stack.push({ id: target, targets: next(target), index: 0 });
        open.add(target);
      }
    }
  }
}

/** Max number of nodes of a cycle in a message. */
const most = 6;

/** A cycle as text, back to its first node. */
export function cycleText(ids: readonly string[], link: string): string {
  const named = ids.length <= most ? ids : [...ids.slice(0, most - 1), "…"];
  return [...named, ids[0]].join(` ${link} `);
}
