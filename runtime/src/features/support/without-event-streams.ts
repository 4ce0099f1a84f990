import type { Operation } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";

/** The operation without its event streams: what the protocol writes and reads besides them. */
export function withoutEventStreams(operation: Operation): Operation {
  return { ...operation, input: without(operation.input), output: without(operation.output) };
}

function without(shape: StructureShape): StructureShape {
  const others = Object.entries(shape.members).filter(([, member]) => !("events" in member));
  return { ...shape, members: Object.fromEntries(others) };
}
