import type { Diagnostic, Severity } from "../../diagnostics.js";
import { Locator, type Tree } from "./locate.js";
import { printable } from "./quote.js";
import type { Path, Place, Source } from "./source.js";

/** Something wrong, placed where it stands in the JSON text. */
export interface Problem {
  /** `error` where absent. */
  readonly severity?: Severity;
  readonly code: string;
  readonly message: string;
  readonly shapeId?: string | undefined;
  readonly place: Place;
}

/** Collects the problems of a model and its overlays. Lines are looked up at the end, and only where there is a problem. */
export class Report {
  readonly #sources: readonly Source[];
  readonly #problems: Problem[] = [];
  readonly #seen = new Set<string>();
  readonly #locators = new Map<Source, Locator>();
  #translation: { readonly source: Source; readonly originOf: (path: Path) => Path } | undefined;

  constructor(sources: readonly Source[]) {
    this.#sources = sources;
  }

  /** From here on, paths in a source are looked for where they come from in its text. */
  translate(source: Source, originOf: (path: Path) => Path): void {
    this.#translation = { source, originOf };
  }

  /** From here on, paths in a source that is no JSON are looked for in a tree of its own. */
  plant(source: Source, tree: Tree): void {
    this.#locators.set(source, new Locator(source, tree));
  }

  locator(source: Source): Locator {
    const locator = this.#locators.get(source) ?? new Locator(source);
    this.#locators.set(source, locator);
    return locator;
  }

  /** What one place says wrong is said once, however many shapes have it from there through mixins. */
  add(problem: Problem): void {
    const { code, message, place } = problem;
    const where = "offset" in place ? place.offset : place.path;
    const key = JSON.stringify([code, message, this.#sources.indexOf(place.source), where]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#problems.push(problem);
  }

  get hasErrors(): boolean {
    return this.#problems.some(({ severity = "error" }) => severity === "error");
  }

  /** Every problem, in the order of the files and of their texts. */
  diagnostics(): Diagnostic[] {
    const placed = this.#problems.map((problem) => {
      const index = this.#sources.indexOf(problem.place.source);
      const locator = this.locator(problem.place.source);
      return { problem, index, locator, offset: locator.offsetOf(this.#inText(problem.place)) };
    });
    placed.sort((left, right) => left.index - right.index || left.offset - right.offset);
    return placed.map(({ problem: { severity = "error", code, message, shapeId, place }, locator, offset }) => ({
      severity,
      code,
      message,
      ...(shapeId !== undefined && { shapeId: printable(shapeId) }),
      file: place.source.file,
      ...locator.position(offset),
    }));
  }

  #inText(place: Place): Place {
    const isTranslated = "path" in place && place.source === this.#translation?.source;
    return isTranslated ? { ...place, path: this.#translation?.originOf(place.path) ?? place.path } : place;
  }
}
