import { checkDepth } from "./check-depth.js";
import { checkEnums } from "./check-enums.js";
import { checkExamples } from "./check-examples.js";
import { checkHttp } from "./check-http.js";
import { checkMemberNames } from "./check-members.js";
import { checkPagination } from "./check-pagination.js";
import { checkPatterns } from "./check-patterns.js";
import { checkRecursion } from "./check-recursion.js";
import { checkService } from "./check-service.js";
import { checkTargets } from "./check-targets.js";
import { checkTraits } from "./check-traits.js";
import { findServices, serviceClosure } from "./closure.js";
import { CheckContext } from "./check-context.js";
import { isMixin } from "./mixins.js";
import type { Shape, ShapeId } from "./model.js";
import type { RawShapes } from "./read-shapes.js";
import type { Report } from "./report.js";

/** Everything that can be wrong with a model whose shapes have been read. Reports all of it. */
export function checkModel(raw: RawShapes, shapes: ReadonlyMap<ShapeId, Shape>, report: Report): void {
  const context = new CheckContext(raw, shapes, report);
  checkTargets(context);
  checkTraits(context);
  checkEnums(context);
  checkMemberNames(context);
  checkHttp(context);
  checkRecursion(context);
  checkDepth(context);
  checkExamples(context);
  const services = findServices({ shapes }).filter(({ id }) => !context.is(id, isMixin));
  const closures = services.map((service) => ({ service, closure: serviceClosure({ shapes }, service.id) }));
  checkService(context, closures);
  checkPagination(context, closures);
  if (report.hasErrors) checkPatterns(context, closures);
}
