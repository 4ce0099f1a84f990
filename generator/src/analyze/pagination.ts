import type { OperationShape, ServiceShape } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";
import type { MemberIr, PaginationIr, ShapeIr, StructureIr } from "../ir/ir.js";
import { recordTrait } from "./traits.js";

/**
 * `smithy.api#paginated` of an operation, completed by the service's, with the end rules of `clientsmith#lastPage`,
 * which an overlay can add: `moreResults`, the path of an output member that is true while there are more pages, and
 * `sameToken: true` if the last page returns the token that was sent for it. Output locations may be paths.
 *
 * @see https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait
 */
export function readPagination(
  operation: OperationShape,
  service: ServiceShape,
  input: StructureIr | undefined,
  output: StructureIr | undefined,
  shapes: ReadonlyMap<string, ShapeIr>,
): PaginationIr | Diagnostic | undefined {
  const own = recordTrait(operation.traits, "smithy.api#paginated");
  if (!own) return undefined;
  const trait = { ...recordTrait(service.traits, "smithy.api#paginated"), ...own };
  const text = (key: string): string | undefined => (typeof trait[key] === "string" ? trait[key] : undefined);
  const inputToken = text("inputToken");
  const outputToken = text("outputToken")?.split(".");
  const items = text("items")?.split(".");
  const pageSize = text("pageSize");
  const lastPage = recordTrait(operation.traits, "clientsmith#lastPage");
  const moreResults = typeof lastPage?.["moreResults"] === "string" ? lastPage["moreResults"].split(".") : undefined;
  const missing = (what: string): Diagnostic => ({
    severity: "warning",
    code: "unusable-pagination",
    shapeId: operation.id,
    message: `No paginator is generated for the operation, because smithy.api#paginated names ${what}.`,
  });
  if (inputToken === undefined || outputToken === undefined) return missing("no inputToken or no outputToken");
  if (!member(input, [inputToken], shapes)) return missing(`an unknown input member ${inputToken}`);
  if (!member(output, outputToken, shapes)) return missing(`an unknown output member ${outputToken.join(".")}`);
  if (pageSize !== undefined && !member(input, [pageSize], shapes)) {
    return missing(`an unknown input member ${pageSize}`);
  }
  const problem = lastPage && lastPageProblem(lastPage, moreResults && member(output, moreResults, shapes));
  if (problem !== undefined) {
    const message = `clientsmith#lastPage ${problem}; no paginator is written for the operation.`;
    return { severity: "warning", code: "unusable-pagination", shapeId: operation.id, message };
  }
  const rules = { inputToken, outputToken, pageSize, moreResults, endsOnSameToken: lastPage?.["sameToken"] === true };
  if (items === undefined) return { ...rules, items: undefined };
  const held = member(output, items, shapes);
  if (held?.type.type !== "list" && held?.type.type !== "map")
    return missing(`items ${items.join(".")}, which is not a list or map`);
  return { ...rules, items: { path: items, member: held } };
}

function lastPageProblem(trait: Readonly<Record<string, unknown>>, more: MemberIr | undefined): string | undefined {
  const unknown = Object.keys(trait).find((key) => key !== "moreResults" && key !== "sameToken");
  if (unknown !== undefined) return `has an unknown property ${unknown}; known are moreResults and sameToken`;
  if (trait["moreResults"] === undefined) return trait["sameToken"] === true ? undefined : "has no rule";
  return more?.type.type === "boolean" ? undefined : "must have the path of a boolean output member as moreResults";
}

function member(
  structure: ShapeIr | undefined,
  path: readonly string[],
  shapes: ReadonlyMap<string, ShapeIr>,
): MemberIr | undefined {
  const [name, ...rest] = path;
  if (name === undefined || structure?.type !== "structure") return undefined;
  const found = structure.members.find((each) => each.name === name);
  if (!found || rest.length === 0) return found;
  return "shape" in found.type ? member(shapes.get(found.type.shape), rest, shapes) : undefined;
}
