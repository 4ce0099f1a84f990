import type { Budget } from "./budget.js";
import type { RegexNode } from "./parse.js";

/**
 * A pattern as an automaton. Its states are the character sets of the pattern: a state means that one of the characters
 * has just been matched. Every way from one set to the next is an edge, so two ways between two sets are two edges.
 */
export interface Automaton {
  /** Source of the character set of each state. */
  readonly sets: readonly string[];
  /** Successors by state, once for each way that leads there. */
  readonly next: readonly (readonly number[])[];
  /** Initial states, once for each way. */
  readonly first: readonly number[];
}

/** Higher repetition counts are treated as unbounded, because the cost for a backtracking engine is similar. */
const smallRepeat = 8;

/** Parts that match in only one way are repeated up to this number of times. More counts as unbounded. */
const fixedRepeat = 64;

/** Max number of ways from one state to another, or through an empty match, that are counted. */
const maximumWays = 32;

/** Exits of a part: its final states, once for each way, and the number of ways in which it matches the empty text. */
interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: number;
}

const nothing: Fragment = { first: [], last: [], empty: 1 };

/** The automata of a pattern: its own, and one for each look-around in it, which is searched separately. */
export function automataOf(pattern: RegexNode, budget: Budget): Automaton[] {
  const open = [searched(pattern)];
  const automata: Automaton[] = [];
  for (let node = open.pop(); node; node = open.pop()) automata.push(new AutomatonBuilder(open, budget).build(node));
  return automata;
}

/** A search: unless the pattern is anchored at the start, any text may precede the match. */
function searched(pattern: RegexNode): RegexNode {
  if (isAnchored(pattern)) return pattern;
  const before: RegexNode = {
    kind: "repeat",
    of: { kind: "set", source: "[^]" },
    min: 0,
    max: Number.POSITIVE_INFINITY,
  };
  return { kind: "sequence", parts: [before, pattern] };
}

function isAnchored(pattern: RegexNode): boolean {
  if (pattern.kind === "anchor") return pattern.source === "^";
  if (pattern.kind === "choice") return pattern.options.every(isAnchored);
  const [first] = pattern.kind === "sequence" ? pattern.parts : [];
  return first !== undefined && isAnchored(first);
}

/** Whether the part obviously matches only texts of one length, each in only one way. */
function isOneWay(part: RegexNode): boolean {
  switch (part.kind) {
    case "set":
      return true;
    case "sequence":
      return part.parts.every(isOneWay);
    case "repeat":
      return part.min === part.max && isOneWay(part.of);
    default:
      return false;
  }
}

class AutomatonBuilder {
  readonly #sets: string[] = [];
  readonly #next: number[][] = [];
  readonly #looks: RegexNode[];

  readonly #budget: Budget;
  /** Whether a match may fail without reading a character, and therefore also at the end of the text. */
  #canFailBetween = false;

  constructor(looks: RegexNode[], budget: Budget) {
    this.#looks = looks;
    this.#budget = budget;
  }

  build(pattern: RegexNode): Automaton {
    const { first, last } = this.#fragment(pattern);
    if (this.#canFailBetween) return { sets: this.#sets, next: this.#next, first };
    // Once an engine reaches a point where the pattern may end, it has a match and cannot fail.
    const final = new Set(last);
    const next = this.#next.map((states, from) => (final.has(from) ? [] : states.filter((state) => !final.has(state))));
    return { sets: this.#sets, next, first };
  }

  #fragment(node: RegexNode): Fragment {
    this.#budget.spend(1);
    switch (node.kind) {
      case "set":
        return this.#state(node.source);
      case "sequence":
        return node.parts.reduce<Fragment>((before, part) => this.#join(before, this.#fragment(part)), nothing);
      case "choice": {
        const options = node.options.map((option) => this.#fragment(option));
        return {
          first: this.#bounded(options.flatMap(({ first }) => first)),
          last: this.#bounded(options.flatMap(({ last }) => last)),
          empty: Math.min(
            options.reduce((sum, { empty }) => sum + empty, 0),
            maximumWays,
          ),
        };
      }
      case "repeat":
        return this.#repeat(node.of, node.min, node.max);
      case "look":
        this.#looks.push(node.of);
        this.#canFailBetween = true;
        return nothing;
      case "anchor":
        // The end of the text is modelled as a character that no set contains.
        if (node.source === "$") return this.#state("[]");
        if (node.source !== "^") this.#canFailBetween = true;
        return nothing;
    }
  }

  #state(source: string): Fragment {
    const state = this.#sets.push(source) - 1;
    this.#next.push([]);
    return { first: [state], last: [state], empty: 0 };
  }

  #repeat(of: RegexNode, min: number, max: number): Fragment {
    if (max === 0) return nothing;
    if (max > (min === max && isOneWay(of) ? fixedRepeat : smallRepeat)) {
      const loop = this.#loop(this.#fragment(of), min);
      return min === 0 ? this.#optional(loop) : loop;
    }
    // `a{1,3}` is `a(a(a)?)?`: each further repetition is tried only after the previous one.
    let all = nothing;
    for (let count = max; count >= 1; count--) {
      const part = this.#join(this.#fragment(of), all);
      all = count > min ? this.#optional(part) : part;
    }
    return all;
  }

  /**
   * One or more repetitions. An engine does not repeat an empty match, so empty matches add no ways, unless several
   * repetitions are required: then each of them may be the empty one.
   */
  #loop(part: Fragment, min: number): Fragment {
    this.#connect(part.last, part.first);
    if (min > 1 && part.empty > 0) this.#connect(part.last, part.first);
    return part;
  }

  #optional(part: Fragment): Fragment {
    return { ...part, empty: Math.max(part.empty, 1) };
  }

  #join(left: Fragment, right: Fragment): Fragment {
    this.#connect(left.last, right.first);
    return {
      first: this.#bounded([...left.first, ...through(right.first, left.empty)]),
      last: this.#bounded([...right.last, ...through(left.last, right.empty)]),
      empty: Math.min(left.empty * right.empty, maximumWays),
    };
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const state of from) {
      const next = this.#next[state];
      if (next) this.#next[state] = this.#bounded([...next, ...to]);
    }
  }

  #bounded(states: readonly number[]): number[] {
    this.#budget.spend(states.length);
    const counts = new Map<number, number>();
    return states.filter((state) => {
      const count = (counts.get(state) ?? 0) + 1;
      counts.set(state, count);
      return count <= maximumWays;
    });
  }
}

/** Ways through a part that matches the empty text in the given number of ways. */
function through(states: readonly number[], ways: number): readonly number[] {
  return ways === 1 ? states : Array.from({ length: ways }, () => states).flat();
}
