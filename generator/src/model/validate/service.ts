import type { BoundService, CheckContext } from "./context.js";
import { nameOf } from "../source/ids.js";
import type { ServiceShape, ShapeId } from "../model.js";
import { quote, withArticle } from "../source/quote.js";

/** Checks that there is a service, and that names in its closure differ by more than case, except simple types. */
export function checkService(context: CheckContext, services: readonly BoundService[]): void {
  // One that is there but could not be read has been reported itself.
  const isComplete = [...context.declared].every((id) => context.raw.has(id));
  if (services.length === 0 && isComplete) {
    const message = "The model has no service shape, so there is nothing to call.";
    context.problem("no-service", undefined, message, context.whole);
  }
  for (const bound of services) {
    checkNames(bound, context);
    checkRename(bound, context);
  }
}

const named: readonly string[] = ["structure", "union", "enum", "intEnum", "operation"];

/**
 * Simple types and lists may have the same name: they are emitted inline, except enums, which have their own
 * identifier.
 *
 * @see https://smithy.io/2.0/spec/service-types.html#service-closure
 */
function checkNames({ service, closure }: BoundService, context: CheckContext): void {
  const byName = new Map<string, ShapeId>();
  const typeOf = (id: ShapeId): string => context.shapes.get(id)?.type ?? "";
  for (const id of closure.shapes) {
    if (!named.includes(typeOf(id))) continue;
    const name = nameIn(service, id);
    const other = byName.get(name.toLowerCase());
    if (other === undefined) byName.set(name.toLowerCase(), id);
    else if (!(isEnum(typeOf(other)) && isEnum(typeOf(id)))) {
      const message = `${other} and ${id} have the same name in ${service.id}, ignoring case. Rename one with the service's rename.`;
      context.problem("name-clash", id, message);
    }
  }
}

function isEnum(type: string): boolean {
  return type === "enum" || type === "intEnum";
}

function checkRename({ service, closure }: BoundService, context: CheckContext): void {
  const reached = new Set(closure.shapes);
  for (const [id, { location }] of context.raw.get(service.id)?.rename ?? []) {
    const shape = context.shapes.get(id);
    if (!reached.has(id)) {
      context.problem(
        "invalid-rename",
        service.id,
        `${quote(id)} is renamed, but the service does not reach it.`,
        location,
      );
    } else if (shape?.type === "operation" || shape?.type === "resource") {
      context.problem(
        "invalid-rename",
        service.id,
        `${id} is ${withArticle(shape.type)}, which cannot be renamed.`,
        location,
      );
    }
  }
}

function nameIn({ rename }: ServiceShape, id: ShapeId): string {
  return (Object.hasOwn(rename, id) ? rename[id] : undefined) ?? nameOf(id);
}
