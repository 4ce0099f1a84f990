import type { AggregateShape, Model, OperationShape, Shape, ShapeId } from "../model/model.js";

/** Whether a shape is the union of an event stream. */
export function isEventStream(shape: Shape | undefined): shape is AggregateShape {
  return shape?.type === "union" && "smithy.api#streaming" in shape.traits;
}

/** The members of an event stream that are errors, by name. */
export function eventErrorsOf(model: Model, union: AggregateShape): Readonly<Record<string, ShapeId>> {
  const errors = [...union.members.values()].filter(({ target }) => isError(model.shapes.get(target)));
  return Object.fromEntries(errors.map(({ name, target }) => [name, target]));
}

/** The errors of an operation: its own, and those that its event streams send. */
export function errorsOf(model: Model, operation: OperationShape): readonly ShapeId[] {
  const streamed = [operation.input, operation.output].flatMap((id) => {
    const shape = model.shapes.get(id);
    const members = shape?.type === "structure" ? [...shape.members.values()] : [];
    return members.flatMap(({ target }) => {
      const union = model.shapes.get(target);
      return isEventStream(union) ? Object.values(eventErrorsOf(model, union)) : [];
    });
  });
  return [...new Set([...operation.errors, ...streamed])];
}

function isError(shape: Shape | undefined): boolean {
  return shape?.type === "structure" && "smithy.api#error" in shape.traits;
}
