import type { ServiceErrorClass } from "../schema/service.js";
import type { RequestContext } from "./handlers.js";

export interface PaginatedOptions<Output extends object> {
  /**
   * Max items of a page, also for requests that ask for more, 1 or more. Default: the maximum of the model for the member
   * with the page size, else 100.
   */
  readonly pageSize?: number | undefined;
  /** Path of the output member with the items, such as `Contents`. Required if the model does not name it. */
  readonly items?: string | undefined;
  /** Completes a page with members that depend on it: `(page) => ({ ...page, KeyCount: page.Contents?.length })`. */
  readonly complete?: ((page: Output) => Output) | undefined;
  /** Creates the error for an invalid token. Default: the error of an invalid input. */
  readonly invalidToken?: ServiceErrorClass | undefined;
}

const optionsOf = Symbol("clientsmith.paginated");

/**
 * A handler that returns all items: the local service cuts them into pages, by `smithy.api#paginated`. The handler gets
 * the input without the token. Tokens are opaque, and valid for the same input with any page size; any other token is
 * rejected. Tokens that the handler returns are replaced.
 *
 * ```ts
 * handlers: {
 *   listTrails: paginated(() => ({ Trails: trails })),
 *   lookupEvents: paginated(({ StartTime }) => ({ Events: eventsSince(StartTime) }), {
 *     pageSize: 10,
 *     invalidToken: InvalidNextTokenException,
 *   }),
 * },
 * ```
 */
export function paginated<Input, Output extends object>(
  handler: (input: Input, context: RequestContext) => NoInfer<Output> | Promise<NoInfer<Output>>,
  options: PaginatedOptions<NoInfer<Output>> = {},
): (input: Input, context: RequestContext) => Output | Promise<Output> {
  const wrapped = (input: Input, context: RequestContext): Output | Promise<Output> => handler(input, context);
  return Object.assign(wrapped, { [optionsOf]: options });
}

/** The options of a handler of {@link paginated}; undefined for any other handler. */
export function paginatedOptions(handler: object): PaginatedOptions<object> | undefined {
  return (handler as { readonly [optionsOf]?: PaginatedOptions<object> })[optionsOf];
}
