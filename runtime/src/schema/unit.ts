import type { StructureShape } from "./shapes.js";

/** The descriptor that stands for an input or output that an operation does not have: `smithy.api#Unit`. */
export function isUnit({ name, members }: StructureShape): boolean {
  return name === "Unit" && Object.keys(members).length === 0;
}
