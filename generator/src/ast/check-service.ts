import type { CheckContext } from "./check.js";
import { nameOf } from "./ids.js";
import { membersOf } from "./members.js";
import type { ServiceShape, ShapeId } from "./model.js";

/** There must be a service, and the names in its closure must differ by more than case. */
export function checkService(context: CheckContext): void {
  const services = [...context.shapes.values()].filter((shape) => shape.type === "service");
  if (services.length === 0) {
    context.report({
      code: "no-service",
      path: ["shapes"],
      message: "The model has no service shape, so there is nothing to call.",
    });
  }
  for (const service of services) checkNames(service, context);
}

/** @see https://smithy.io/2.0/spec/service-types.html#service-closure */
function checkNames(service: ServiceShape, { shapes, raw, report }: CheckContext): void {
  const byName = new Map<string, ShapeId>();
  const seen = new Set<ShapeId>();
  const open: ShapeId[] = [...service.operations, ...service.resources, ...service.errors];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const shape = shapes.get(id);
    if (!shape || seen.has(id)) continue;
    seen.add(id);
    if (shape.type === "operation") open.push(shape.input, shape.output, ...shape.errors);
    else if (shape.type === "resource") open.push(...shape.operations, ...shape.resources);
    else open.push(...membersOf(shape).map(({ target }) => target));
    const isNamed =
      shape.type === "structure" || shape.type === "union" || shape.type === "enum" || shape.type === "intEnum";
    // Lists, maps and simple shapes are written where they are used, so two of one name do no harm.
    if (!isNamed && shape.type !== "operation") continue;
    const name = Object.hasOwn(service.rename, id) ? (service.rename[id] ?? "") : nameOf(id);
    const other = byName.get(name.toLowerCase());
    if (other === undefined) byName.set(name.toLowerCase(), id);
    else {
      const path = raw.get(id)?.path ?? [];
      const message = `The service has two shapes of this name, ${other} and ${id}: rename one of them in the service's rename.`;
      report({ code: "name-clash", shapeId: id, path, message });
    }
  }
}
