import type { Diagnostic, Severity } from "../../diagnostics.js";
import { Locator, type Tree } from "./locate.js";
import { printable } from "./quote.js";
import type { Path, SourceLocation, Source } from "./source.js";

/** A problem, with its location in the JSON text. */
export interface Problem {
  /** Default: `error`. */
  readonly severity?: Severity;
  readonly code: string;
  readonly message: string;
  readonly shapeId?: string | undefined;
  readonly location: SourceLocation;
}

/** Collects the problems of a model and its overlays. Lines are only looked up at the end, and only for problems. */
export class Report {
  readonly #sources: readonly Source[];
  readonly #problems: Problem[] = [];
  readonly #seen = new Set<string>();
  readonly #locators = new Map<Source, Locator>();
  #translation: { readonly source: Source; readonly originOf: (path: Path) => Path } | undefined;

  constructor(sources: readonly Source[]) {
    this.#sources = sources;
  }

  /** From now on, paths in a source are translated to paths in its text. */
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

  /** Deduplicated by location: a mixin's problem is reported once, not once for each shape that uses it. */
  add(problem: Problem): void {
    const { code, message, location } = problem;
    const where = "offset" in location ? location.offset : location.path;
    const key = JSON.stringify([code, message, this.#sources.indexOf(location.source), where]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#problems.push(problem);
  }

  get hasErrors(): boolean {
    return this.#problems.some(({ severity = "error" }) => severity === "error");
  }

  /** All problems, in the order of the files and of the locations in them. */
  diagnostics(): Diagnostic[] {
    const placed = this.#problems.map((problem) => {
      const index = this.#sources.indexOf(problem.location.source);
      const locator = this.locator(problem.location.source);
      return { problem, index, locator, offset: locator.offsetOf(this.#inText(problem.location)) };
    });
    placed.sort((left, right) => left.index - right.index || left.offset - right.offset);
    return placed.map(({ problem: { severity = "error", code, message, shapeId, location }, locator, offset }) => ({
      severity,
      code,
      message,
      ...(shapeId !== undefined && { shapeId: printable(shapeId) }),
      file: location.source.file,
      ...locator.position(offset),
    }));
  }

  #inText(location: SourceLocation): SourceLocation {
    const isTranslated = "path" in location && location.source === this.#translation?.source;
    return isTranslated ? { ...location, path: this.#translation?.originOf(location.path) ?? location.path } : location;
  }
}
