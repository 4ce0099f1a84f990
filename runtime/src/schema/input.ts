import { oncePer } from "./values.js";
import type { StructureShape } from "./shapes.js";

/** The members that the client gives where the caller does not, and how. */
const givenMembers = oncePer(({ members }: StructureShape) =>
  Object.entries(members).flatMap(([name, { idempotencyToken, clientDefault }]) => {
    if (idempotencyToken) return [{ name, make: (given: unknown): unknown => given ?? crypto.randomUUID() }];
    // An empty text says no more than nothing.
    return clientDefault === undefined ? [] : [{ name, make: (given: unknown) => given || clientDefault }];
  }),
);

/**
 * A shallow copy of the input with the members that the client gives: `smithy.api#idempotencyToken` ones made once a
 * call, so that every attempt carries the same token.
 */
export function prepareInput<T extends object>(shape: StructureShape, input: T): T {
  const copy = { ...input } as Record<string, unknown>;
  for (const { name, make } of givenMembers(shape)) copy[name] = make(copy[name]);
  return copy as T;
}
