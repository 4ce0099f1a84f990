import type { StructureShape } from "./shapes.js";

const tokenMembers = new WeakMap<StructureShape, readonly string[]>();

/**
 * A shallow copy of the input with `smithy.api#idempotencyToken` members filled: made once a call, so that every
 * attempt carries the same token.
 */
export function fillIdempotencyTokens<T extends object>(shape: StructureShape, input: T): T {
  let names = tokenMembers.get(shape);
  if (!names) {
    names = Object.keys(shape.members).filter((name) => shape.members[name]?.idempotencyToken);
    tokenMembers.set(shape, names);
  }
  const copy = { ...input } as Record<string, unknown>;
  for (const name of names) copy[name] ??= crypto.randomUUID();
  return copy as T;
}
