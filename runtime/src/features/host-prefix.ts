import { isValidHostLabel } from "../endpoints/rule-functions.js";
import type { RetryState } from "../retry/state.js";
import type { Operation } from "../schema/service.js";
import { unfitForHost } from "../validate/messages.js";

/**
 * `smithy.api#endpoint` `hostPrefix` with its labels filled from the input. A value that is no host label is refused:
 * it could send the request elsewhere. What is sensitive is noted in the state of the call, so that nothing tells it.
 *
 * @throws ValidationError
 */
export function fillHostPrefix(hostPrefix: string, operation: Operation, input: object, state?: RetryState): string {
  const fill = (isTold: boolean): string =>
    hostPrefix.replaceAll(/\{(\w+)\}/g, (_text, member: string) => {
      const value = (input as Readonly<Record<string, unknown>>)[member];
      if (typeof value !== "string" || !isValidHostLabel(value, false)) throw unfitForHost(operation.input, member);
      return isTold && operation.input.members[member]?.sensitive ? "***" : value;
    });
  const prefix = fill(false);
  const told = fill(true);
  if (state && told !== prefix) state.hidden = [`//${prefix}`, `//${told}`];
  return prefix;
}
