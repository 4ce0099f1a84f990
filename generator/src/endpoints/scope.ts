import { type Expression, keyOf, type Reference, type Typed, type Variable } from "./tree.js";

interface Entry extends Typed {
  readonly variable: Variable;
}

/** Reports a problem at a path such as `rules[0].conditions[2].argv[0]`. */
export type Report = (where: string, problem: string, severity?: "warning") => void;

/** The names that an expression can use. Names that a rule declares are only known within the rule. */
export class Scope {
  readonly #entries = new Map<string, Entry>();
  readonly #broken = new Set<string>();
  readonly #parent: Scope | undefined;
  /** All variables, those that rules assign by their name and value. */
  readonly #variables: Map<string, Variable>;

  constructor(parent?: Scope) {
    this.#parent = parent;
    this.#variables = parent ? parent.#variables : new Map();
  }

  /**
   * Declares a name. Rules that assign the same value to the same name get the same variable.
   *
   * @param value what is assigned; absent for a parameter
   */
  declare(name: string, { type, optional }: Typed, value?: Expression): Variable {
    const key = `${name}=${value ? keyOf(value) : ""}`;
    const variable: Variable = this.#variables.get(key) ?? { id: this.#variables.size, name };
    this.#variables.set(key, variable);
    this.#entries.set(name, { variable, type, optional });
    return variable;
  }

  /** Adds a variable of another scope, which is set from here on. */
  declareSet({ variable, type }: Reference): void {
    this.#entries.set(variable.name, { variable, type, optional: false });
  }

  /** Declares a name whose value was already reported, so that its uses are not reported too. */
  declareBroken(name: string): void {
    this.#broken.add(name);
  }

  isBroken(name: string): boolean {
    return this.#broken.has(name) || (this.#parent?.isBroken(name) ?? false);
  }

  get(name: string): Entry | undefined {
    return this.#entries.get(name) ?? this.#parent?.get(name);
  }

  /** Records that a condition holds: the argument of `isSet` can be used from here on. */
  assume(condition: Expression): void {
    if (condition.kind !== "call" || condition.fn !== "isSet") return;
    const [argument] = condition.argv;
    if (argument?.kind !== "reference") return;
    this.declareSet(argument);
  }

  /** All names, without duplicates. */
  get names(): string[] {
    return [...new Set([...(this.#parent?.names ?? []), ...this.#entries.keys()])];
  }
}
