import { oncePer } from "./values.js";
import type { StructureShape } from "./shapes.js";

/** The members that the client provides if the caller does not, and how each is made. */
const givenMembers = oncePer(({ members }: StructureShape) =>
  Object.entries(members).flatMap(([name, { idempotencyToken, clientDefault }]) => {
    if (idempotencyToken) return [{ name, make: (given: unknown): unknown => given ?? crypto.randomUUID() }];
    // An empty string counts as not set.
    return clientDefault === undefined ? [] : [{ name, make: (given: unknown) => given || clientDefault }];
  }),
);

/**
 * A shallow copy of the input with the members that the client provides. A `smithy.api#idempotencyToken` is generated
 * once per call, so that every attempt carries the same token.
 */
export function prepareInput<T extends object>(shape: StructureShape, input: T): T {
  const copy = { ...input } as Record<string, unknown>;
  for (const { name, make } of givenMembers(shape)) copy[name] = make(copy[name]);
  return copy as T;
}
