import type { OperationIr } from "../../plugin.js";

/** What a call does, for the annotations of a tool. What the model does not state is absent. */
export interface Effect {
  readonly readOnly: boolean;
  readonly idempotent?: true;
  readonly additive?: true;
}

/**
 * From traits, from the resource that the operation is bound to, and from the definition of its HTTP method: GET and HEAD
 * only read; PUT and DELETE have the same effect however often they are sent; PUT replaces and DELETE removes
 * (RFC 9110, section 9). Never from its name.
 */
export function effectOf(operation: OperationIr): Effect {
  const method = operation.http?.method.toUpperCase();
  const readOnly = operation.readonly || method === "GET" || method === "HEAD";
  if (readOnly) return { readOnly };
  const repeats = operation.idempotent || method === "PUT" || method === "DELETE";
  return { readOnly, ...(repeats && { idempotent: true }), ...(isAdditive(operation, method) && { additive: true }) };
}

/** Whether it creates a resource and nothing else: its lifecycle states so, and its method does not contradict it. */
function isAdditive({ lifecycle, noReplace }: OperationIr, method: string | undefined): boolean {
  return (lifecycle === "create" || (lifecycle === "put" && noReplace)) && method !== "DELETE";
}
