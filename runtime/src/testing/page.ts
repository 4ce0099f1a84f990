import { ServiceError } from "../errors/index.js";
import type { ServiceErrorClass } from "../schema/service.js";
import { openToken, sealToken } from "./page-token.js";

export interface PageOptions {
  /** The token in the request; undefined for the first page. */
  readonly token: string | undefined;
  /** Max items per page, 1 or more. */
  readonly size: number;
  /** The request's other parameters: a token is only valid for the same ones. Compared as JSON. */
  readonly query?: unknown;
  /** Creates the error for an invalid token. Default: a `ServiceError` `ValidationException`. */
  readonly invalidToken?: ServiceErrorClass | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Undefined on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * One page of a list, for handlers that make their pages by hand; {@link paginated} makes those of paginated operations.
 * Tokens are opaque. A token that is forged, changed or for another query is rejected, as by services.
 *
 * ```ts
 * listTrails: ({ NextToken }) => {
 *   const { items, nextToken } = page(trails, { token: NextToken, size: 100 });
 *   return { Trails: items, NextToken: nextToken };
 * },
 * ```
 *
 * @throws the error of `invalidToken`
 */
export function page<Item>(list: readonly Item[], options: PageOptions): Page<Item> {
  const { token, size, query } = options;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`A page takes a whole number of items, not ${size}`);
  const start = token === undefined ? 0 : openToken(token, query);
  if (start === undefined) {
    const message = "The token was not given by this service for these parameters";
    throw options.invalidToken
      ? new options.invalidToken({ message })
      : new ServiceError({ name: "ValidationException", message, fault: "client" });
  }
  const end = start + size;
  return { items: list.slice(start, end), nextToken: end < list.length ? sealToken(end, query) : undefined };
}
