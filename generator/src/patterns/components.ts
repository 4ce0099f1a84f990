/**
 * Number of the strongly connected component, by state. States that reach each other have the same number.
 *
 * @see Tarjan, "Depth-first search and linear graph algorithms" (1972)
 */
export function componentsOf(next: readonly (readonly number[])[]): number[] {
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const component: number[] = [];
  const pending: number[] = [];
  const low = (state: number): number => lowest.get(state) ?? Number.POSITIVE_INFINITY;
  for (const root of next.keys()) {
    // Each frame is a state and the number of its visited successors. Recursion could overflow for long patterns.
    const frames: { readonly state: number; done: number }[] = order.has(root) ? [] : [{ state: root, done: 0 }];
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { state } = frame;
      if (frame.done === 0) {
        order.set(state, order.size);
        lowest.set(state, order.size - 1);
        pending.push(state);
      }
      const target = next[state]?.[frame.done++];
      if (target === undefined) {
        frames.pop();
        const parent = frames.at(-1);
        if (parent) lowest.set(parent.state, Math.min(low(parent.state), low(state)));
        if (low(state) !== order.get(state)) continue;
        for (let member = pending.pop(); member !== undefined; member = pending.pop()) {
          component[member] = state;
          if (member === state) break;
        }
      } else if (!order.has(target)) frames.push({ state: target, done: 0 });
      else if (component[target] === undefined) {
        lowest.set(state, Math.min(low(state), order.get(target) ?? Number.POSITIVE_INFINITY));
      }
    }
  }
  return component;
}
