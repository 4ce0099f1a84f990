import type { Budget } from "./budget.js";
import type { RegexNode } from "./parse.js";

/**
 * A pattern as an automaton whose states are the sets of the pattern, each standing for having just matched one of
 * its characters. Every way from one set to the next is an edge, so two ways between the same sets are two edges.
 */
export interface Automaton {
  /** Source of each state's set. */
  readonly sets: readonly string[];
  /** By state: the states that may follow, once for each way that leads there. */
  readonly next: readonly (readonly number[])[];
  /** The states that may be the first, once for each way. */
  readonly first: readonly number[];
}

/** Repetitions beyond this count as endless: to a backtracking engine the difference is of no comfort. */
const smallRepeat = 8;

/** What can be matched in one way only is so a fixed number of times; beyond this it counts as endless too. */
const fixedRepeat = 64;

/** Ways from one state to another, or through nothing, that are told apart: more count as so many. */
const maximumWays = 32;

/** Ways out of a part: states it may end in, once a way, and in how many ways it may match nothing. */
interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: number;
}

const nothing: Fragment = { first: [], last: [], empty: 1 };

/** The automata of a pattern: its own, and one for each look-around in it, which is searched by itself. */
export function automataOf(pattern: RegexNode, budget: Budget): Automaton[] {
  const open = [searched(pattern)];
  const automata: Automaton[] = [];
  for (let node = open.pop(); node; node = open.pop()) automata.push(new AutomatonBuilder(open, budget).build(node));
  return automata;
}

/** What a search does: unless the pattern begins where the text does, it may begin after any other text. */
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

/** Whether the part is plainly matched by texts of one length only, each in one way only. */
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
  /** Whether something may fail without a character being read, which may then be at the end as well. */
  #canFailBetween = false;

  constructor(looks: RegexNode[], budget: Budget) {
    this.#looks = looks;
    this.#budget = budget;
  }

  build(pattern: RegexNode): Automaton {
    const { first, last } = this.#fragment(pattern);
    if (this.#canFailBetween) return { sets: this.#sets, next: this.#next, first };
    // An engine that has come so far that all may end has its match: nothing fails from there on.
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
        // The text's end is like a character that nothing else is.
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
    // `a{1,3}` is `a(a(a)?)?`: each further time is tried only after the one before.
    let all = nothing;
    for (let count = max; count >= 1; count--) {
      const part = this.#join(this.#fragment(of), all);
      all = count > min ? this.#optional(part) : part;
    }
    return all;
  }

  /**
   * One time or more. An engine does not go round on nothing, so ways through nothing add none, unless the part has to
   * come several times: any of them may then be the one that matches nothing.
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

/** Ways through a part that may match nothing, in so many ways. */
function through(states: readonly number[], ways: number): readonly number[] {
  return Array.from({ length: ways }, () => states).flat();
}
