/** The pattern is too expensive to analyze. */
export class TooComplexError extends Error {}

/** Max number of analysis steps for one pattern, so that no model can block the generator. */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooComplexError();
  }
}
