/** A pattern that would take more work to look into than it is worth. */
export class TooComplexError extends Error {}

/** Steps that may be spent on one pattern, so that no model can hold the generator up. */
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
