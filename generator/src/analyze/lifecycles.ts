import type { Lifecycle, Model, ServiceShape, ShapeId } from "../model/model.js";
import { resourcesOf } from "./resources.js";
import { hasTrait } from "./traits.js";

export interface LifecycleBinding {
  readonly lifecycle: Lifecycle;
  /** The resource has `smithy.api#noReplace`. */
  readonly noReplace: boolean;
}

/** What operations do to the resource that they are bound to, by operation. */
export function lifecyclesOf(model: Model, service: ServiceShape): ReadonlyMap<ShapeId, LifecycleBinding> {
  const bindings = new Map<ShapeId, LifecycleBinding>();
  for (const { lifecycle, traits } of resourcesOf(model, service)) {
    const noReplace = hasTrait(traits, "smithy.api#noReplace");
    for (const [kind, operation] of Object.entries(lifecycle))
      bindings.set(operation, { lifecycle: kind as Lifecycle, noReplace });
  }
  return bindings;
}
