import { checkRecursion } from "./check-recursion.js";
import { checkService } from "./check-service.js";
import { checkTargets } from "./check-targets.js";
import { checkTraits } from "./check-traits.js";
import type { Shape, ShapeId } from "./model.js";
import type { RawShape, Report } from "./raw.js";

/** Everything that can be wrong with a model whose shapes have been read. Reports all of it. */
export function checkModel(
  raw: ReadonlyMap<ShapeId, RawShape>,
  shapes: ReadonlyMap<ShapeId, Shape>,
  report: Report,
): void {
  const context: CheckContext = { raw, shapes, report };
  checkTargets(context);
  checkTraits(context);
  checkRecursion(context);
  checkService(context);
}

export interface CheckContext {
  /** For places in the file. */
  readonly raw: ReadonlyMap<ShapeId, RawShape>;
  readonly shapes: ReadonlyMap<ShapeId, Shape>;
  readonly report: Report;
}
