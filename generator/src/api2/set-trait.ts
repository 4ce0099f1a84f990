import type { Json } from "../ast/json.js";
import type { ShapeId } from "../ast/model.js";
import type { Api2Context } from "./context.js";

/** Sets a trait of a shape that has been read. */
export function setTrait(id: ShapeId, trait: string, value: unknown, { shapes }: Api2Context): void {
  const shape = shapes[id] ?? {};
  shapes[id] = { ...shape, traits: { ...(shape["traits"] as Json | undefined), [trait]: value } };
}
