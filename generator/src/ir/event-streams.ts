import type { StructureIr } from "./ir.js";

/** Whether an input or output has a member that is an event stream. */
export function hasEventStream(shape: StructureIr | undefined): boolean {
  return shape?.members.some(({ eventStream }) => eventStream) === true;
}
