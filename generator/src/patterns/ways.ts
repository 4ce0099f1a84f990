import type { Automaton } from "./automaton.js";
import type { Budget } from "./budget.js";

type Meets = (left: number, right: number) => boolean;

/**
 * Upper bound of the number of ways in which one text can lead to a state: the sum over those preceding states that the
 * same text can reach. The time that a text stays in a loop is not counted.
 *
 * @param component number of the strongly connected component, by state
 * @param meets whether the sets of two states share a character
 */
export function mostWays(automaton: Automaton, component: readonly number[], meets: Meets, budget: Budget): number {
  const { first, next } = automaton;
  const isRival = rivalsOf(automaton, meets, budget);
  const members = grouped(component.map((id, state) => [id, state]));
  const edges = next.flatMap((targets, from) => targets.map((to) => [from, to] as const));
  const between = edges.filter(([from, to]) => component[from] !== component[to]);
  const entries = grouped(between.map(([from, to]) => [component[to] ?? to, from]));
  const starts = grouped(first.map((state) => [component[state] ?? state, state]));
  const ways = new Map<number, number>();
  const waysThrough = (state: number): number => ways.get(component[state] ?? state) ?? 0;
  for (const id of sorted(component, between)) {
    const inside = members.get(id) ?? [];
    const from = entries.get(id) ?? [];
    const started = starts.get(id)?.length ?? 0;
    // A text that is in a loop may also enter the same loop again.
    const staying = inside.length > 1 || next[id]?.includes(id) ? inside : [];
    budget.spend(from.length ** 2 * (1 + staying.length));
    const compete = (left: number, right: number): boolean =>
      isRival(left, right) || staying.some((state) => isRival(state, left) || isRival(state, right));
    const sums = from.map((left) =>
      from.reduce((sum, right) => sum + (compete(left, right) ? waysThrough(right) : 0), 0),
    );
    const entered = Math.max(0, ...sums);
    ways.set(id, staying.length > 0 ? started + entered : Math.max(started, entered));
  }
  return Math.max(0, ...ways.values());
}

/** Returns a function that reports whether one text can lead to two different states. */
function rivalsOf({ first, next }: Automaton, meets: Meets, budget: Budget): Meets {
  const size = next.length;
  const keyOf = (left: number, right: number): number => (left < right ? left * size + right : right * size + left);
  const pairs = new Set<number>();
  const open: number[] = [];
  const add = (left: number, right: number): void => {
    const key = keyOf(left, right);
    if (pairs.has(key) || !meets(left, right)) return;
    pairs.add(key);
    open.push(key);
  };
  const addAll = (lefts: readonly number[], rights: readonly number[]): void => {
    budget.spend(lefts.length * rights.length);
    for (const left of lefts) for (const right of rights) add(left, right);
  };
  const distinct = next.map((states) => [...new Set(states)]);
  const starts = [...new Set(first)];
  addAll(starts, starts);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    addAll(distinct[Math.floor(key / size)] ?? [], distinct[key % size] ?? []);
  }
  return (left, right) => left === right || pairs.has(keyOf(left, right));
}

function grouped(entries: readonly (readonly [number, number])[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [key, value] of entries) {
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** The components in topological order: each comes after all that lead to it. */
function sorted(component: readonly number[], between: readonly (readonly [number, number])[]): number[] {
  const edges = between.map(([from, to]) => [component[from] ?? from, component[to] ?? to] as const);
  const after = grouped(edges);
  const waiting = new Map<number, number>();
  for (const [, to] of edges) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const order = [...new Set(component)].filter((id) => !waiting.has(id));
  // Iterating an array also visits elements that are added during the iteration.
  for (const id of order) {
    for (const to of after.get(id) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}
