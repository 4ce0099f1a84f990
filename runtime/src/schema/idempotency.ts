import { oncePer } from "./once.js";
import type { StructureShape } from "./shapes.js";

const tokenMembers = oncePer(({ members }: StructureShape) =>
  Object.keys(members).filter((name) => members[name]?.idempotencyToken),
);

/**
 * A shallow copy of the input with `smithy.api#idempotencyToken` members filled: made once a call, so that every
 * attempt carries the same token.
 */
export function fillIdempotencyTokens<T extends object>(shape: StructureShape, input: T): T {
  const copy = { ...input } as Record<string, unknown>;
  for (const name of tokenMembers(shape)) copy[name] ??= crypto.randomUUID();
  return copy as T;
}
