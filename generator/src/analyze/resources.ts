import type { Model, ResourceShape, ServiceShape, ShapeId } from "../model/model.js";

/** The resources of a service, at any depth, each once. */
export function resourcesOf(model: Model, service: ServiceShape): readonly ResourceShape[] {
  const found = new Map<ShapeId, ResourceShape>();
  const visit = (ids: readonly ShapeId[]): void => {
    for (const id of ids) {
      const resource = model.shapes.get(id);
      if (resource?.type !== "resource" || found.has(id)) continue;
      found.set(id, resource);
      visit(resource.resources);
    }
  };
  visit(service.resources);
  return [...found.values()];
}
