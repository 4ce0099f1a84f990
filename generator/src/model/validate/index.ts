import { checkDepth } from "./depth.js";
import { checkEnums } from "./enums.js";
import { checkExamples } from "./examples.js";
import { checkHttp } from "./http.js";
import { checkMemberNames } from "./members.js";
import { checkPagination } from "./pagination.js";
import { checkPatterns } from "./patterns.js";
import { checkRecursion } from "./recursion.js";
import { checkService } from "./service.js";
import { checkTargets } from "./targets.js";
import { checkTraits } from "./traits.js";
import { findServices, serviceClosure } from "../smithy/closure.js";
import { CheckContext } from "./context.js";
import { isMixin } from "../smithy/raw.js";
import type { Shape, ShapeId } from "../model.js";
import type { RawShapes } from "../smithy/read-shapes.js";
import type { Report } from "../source/report.js";

/** Validates a model whose shapes have been read. Reports all problems. */
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
