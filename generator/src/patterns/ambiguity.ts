import type { PatternIr } from "../ir/ir.js";
import { type Automaton, automataOf } from "./automaton.js";
import { Budget, TooComplexError } from "./budget.js";
import { componentsOf } from "./components.js";
import { overlaps } from "./overlaps.js";
import { parseRegex } from "./parse.js";
import { mostWays } from "./ways.js";

/**
 * Degree of the worst-case matching time of a backtracking engine in the length of a text that does not match: the
 * exponent of a polynomial, or `Infinity` if it is exponential. It follows from the number of ways to read one text. If
 * a text leads from a state back to it in two ways, each repetition doubles the ways (exponential ambiguity). If a text
 * can stay in one state, lead on, and stay in the next, the ways grow polynomially (polynomial ambiguity). A number of
 * ways that does not grow, but is too high for texts of some length, counts as exponential too.
 *
 * Many repetitions count as unbounded and back references as any text, so the result may be too high, but never too
 * low. A pattern that is too expensive to analyze counts as exponential. Characters are distinguished by samples.
 *
 * @see Weber and Seidl, "On the degree of ambiguity of finite automata" (1991)
 */
export function backtrackingDegree(pattern: PatternIr): number {
  try {
    const budget = new Budget(maximumSteps);
    const automata = automataOf(parseRegex(pattern.source, pattern.flags), budget);
    return Math.max(0, ...automata.map((automaton) => new Ambiguity(automaton, pattern, budget).degree()));
  } catch (error) {
    if (error instanceof TooComplexError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

const maximumSteps = 2_000_000;

/** Max number of ways to read one text, without those of loops. An engine tries that many within milliseconds. */
const maximumWays = 10_000;

class Ambiguity {
  readonly #automaton: Automaton;
  readonly #next: readonly (readonly number[])[];
  readonly #meets: (left: number, right: number) => boolean;
  /** Number of the strongly connected component, by state. */
  readonly #component: readonly number[];

  readonly #budget: Budget;

  constructor(automaton: Automaton, pattern: PatternIr, budget: Budget) {
    const { sets, next } = automaton;
    this.#automaton = automaton;
    this.#next = next;
    this.#budget = budget;
    this.#meets = overlaps(sets, pattern);
    this.#component = componentsOf(next);
  }

  degree(): number {
    const loops = this.#loops();
    if (loops.some((loop) => this.#isExponential(loop))) return Number.POSITIVE_INFINITY;
    const degree = this.#maxChain(loops);
    const ways = mostWays(this.#automaton, this.#component, this.#meets, this.#budget);
    return ways > maximumWays ? Number.POSITIVE_INFINITY : degree;
  }

  /** Components with a cycle, in which a text can stay. */
  #loops(): number[][] {
    const members = new Map<number, number[]>();
    this.#component.forEach((component, state) => members.set(component, [...(members.get(component) ?? []), state]));
    return [...members.values()].filter(([state, ...others]) => {
      return others.length > 0 || (state !== undefined && this.#next[state]?.includes(state));
    });
  }

  /** Whether a text leads from a state of the loop back to that state in two ways. */
  #isExponential(loop: readonly number[]): boolean {
    const inside = new Set(loop);
    const within = new Map(
      loop.map((state) => [state, this.#next[state]?.filter((target) => inside.has(target)) ?? []]),
    );
    const steps = (state: number): readonly number[] => within.get(state) ?? [];
    if (loop.some((state) => new Set(steps(state)).size < steps(state).length)) return true;
    // Two readings that diverge from a state and can meet again diverge within the loop. Look for a pair of different
    // states that is reached from a pair of equal states and leads back to one.
    const size = this.#next.length;
    const pairs = (pair: number): number[] => {
      const [left, right] = [Math.floor(pair / size), pair % size];
      return steps(left).flatMap((a) => steps(right).flatMap((b) => (this.#meets(a, b) ? [a * size + b] : [])));
    };
    const isDiagonal = (pair: number): boolean => Math.floor(pair / size) === pair % size;
    const forward = this.#reachable(
      loop.map((state) => state * size + state),
      pairs,
    );
    const back = reversed(forward, pairs);
    const returning = this.#reachable([...forward].filter(isDiagonal), (pair) => back.get(pair) ?? []);
    return [...returning].some((pair) => !isDiagonal(pair));
  }

  /** Length of the longest chain of loops over which one text can be spread. Each link adds one to the degree. */
  #maxChain(loops: readonly (readonly number[])[]): number {
    const after = loops.map((from, index) =>
      loops.flatMap((to, other) => (index !== other && this.#isSpread(from, to) ? [other] : [])),
    );
    const known = new Map<number, number>();
    const longest = (loop: number): number => {
      const found = known.get(loop);
      if (found !== undefined) return found;
      const length = Math.max(0, ...(after[loop] ?? []).map((other) => longest(other) + 1));
      known.set(loop, length);
      return length;
    };
    return Math.max(0, ...loops.map((_, index) => longest(index)));
  }

  /** Whether one text leads from a state of `from` to itself, to a state of `to`, and from there to itself. */
  #isSpread(from: readonly number[], to: readonly number[]): boolean {
    const size = this.#next.length;
    const steps = (state: number): readonly number[] => this.#next[state] ?? [];
    const sameLoop = (left: number, right: number): boolean => this.#component[left] === this.#component[right];
    const triples = (triple: number): number[] => {
      const [a, b, c] = [Math.floor(triple / size / size), Math.floor(triple / size) % size, triple % size];
      return steps(a)
        .filter((x) => sameLoop(a, x))
        .flatMap((x) =>
          steps(c)
            .filter((z) => sameLoop(c, z) && this.#meets(x, z))
            .flatMap((z) =>
              steps(b)
                .filter((y) => this.#meets(x, y) && this.#meets(y, z))
                .map((y) => (x * size + y) * size + z),
            ),
        );
    };
    return from.some((p) =>
      to.some((q) => this.#reachable([(p * size + p) * size + q], triples).has((p * size + q) * size + q)),
    );
  }

  #reachable(roots: readonly number[], next: (node: number) => readonly number[]): Set<number> {
    const seen = new Set(roots);
    const open = [...seen];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const targets = next(node);
      this.#budget.spend(1 + targets.length);
      for (const target of targets) {
        if (seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
    return seen;
  }
}

function reversed(nodes: ReadonlySet<number>, next: (node: number) => readonly number[]): Map<number, number[]> {
  const back = new Map<number, number[]>();
  for (const node of nodes) {
    for (const target of next(node)) {
      const sources = back.get(target);
      if (sources) sources.push(node);
      else back.set(target, [node]);
    }
  }
  return back;
}
