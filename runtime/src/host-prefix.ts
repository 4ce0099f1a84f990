import { isValidHostLabel } from "./endpoints/hostLabel.js";
import type { Operation } from "./schema/operation.js";
import { unfitForHost } from "./validate/refuse.js";

/**
 * `smithy.api#endpoint` `hostPrefix` with its labels filled from the input. A value that is no host label is refused:
 * it could send the request elsewhere.
 *
 * @throws ValidationError
 */
export function fillHostPrefix(hostPrefix: string, operation: Operation, input: object): string {
  return hostPrefix.replaceAll(/\{(\w+)\}/g, (_text, member: string) => {
    const value = (input as Readonly<Record<string, unknown>>)[member];
    if (typeof value === "string" && isValidHostLabel(value, false)) return value;
    throw unfitForHost(operation.input, member);
  });
}
