import type { Client } from "../client/client.js";
import type { CallOptions } from "../config/options.js";
import { callOptionRules } from "../client/option-rules.js";
import type { MetadataBearer } from "../errors/base.js";
import { PaginationError } from "../errors/client.js";
import { refuseNoClient } from "../call/no-client.js";
import { refuseUnknownOptions } from "../client/check-options.js";

/** How an operation pages, from `smithy.api#paginated`. Output places are paths of member names. */
export interface Pagination {
  readonly inputToken: string;
  readonly outputToken: readonly string[];
  readonly items?: readonly string[];
  readonly pageSize?: string;
}

export interface PaginatorOptions extends CallOptions {
  /** Items the service is asked to put on a page. */
  readonly pageSize?: number | undefined;
  /** Token to start from: a `nextToken` of an earlier run with the same input. */
  readonly startToken?: string | undefined;
}

export interface ItemOptions {
  /** Stop after this many items. */
  readonly limit?: number | undefined;
}

export interface PageOptions {
  /** Stop after this many pages. */
  readonly maxPages?: number | undefined;
}

/** Pages by iterating it, items by iterating `items()`. Each iteration starts anew and calls the operation as it goes. */
export interface Paginator<Page, Item> extends AsyncIterable<Page> {
  pages(options?: PageOptions): AsyncGenerator<Page, void, undefined>;
  /** The items of all pages, one by one. */
  items(options?: ItemOptions): AsyncGenerator<Item, void, undefined>;
  /** Token of the page to come, `undefined` before the first and after the last: give it as `startToken` to go on later. */
  readonly nextToken: string | undefined;
}

const optionNames: ReadonlySet<string> = /* @__PURE__ */ new Set<string>([
  "pageSize",
  "startToken",
  ...Object.keys(callOptionRules),
]);

type Call<C, Input, Output> = (client: C, input: Input, options?: CallOptions) => Promise<Output>;

/**
 * Pages through an operation by calling its function. The input is copied; a token that comes back unchanged ends in
 * a `PaginationError` rather than in an endless loop.
 */
export function paginate<C extends Client, Input extends object, Output extends object, Item>(
  call: Call<C, Input, Output>,
  pagination: Pagination,
  client: C,
  input: Input,
  options: PaginatorOptions = {},
): Paginator<Output, Item> {
  refuseNoClient(client, "A paginator");
  refuseUnknownOptions(options, optionNames, "A paginator");
  const { pageSize, startToken, ...callOptions } = options;
  const first: Record<string, unknown> = Object.fromEntries(Object.entries(input));
  if (pageSize !== undefined) {
    if (pagination.pageSize === undefined) throw new TypeError("pageSize: this operation has no page size to set");
    first[pagination.pageSize] = pageSize;
  }
  if (startToken !== undefined) first[pagination.inputToken] = startToken;

  let nextToken: string | undefined;

  async function* pagesUpTo(maxPages: number) {
    const request = { ...first };
    for (let page = 0; page < maxPages; page++) {
      const sent = request[pagination.inputToken];
      const output = await call(client, { ...request } as Input, callOptions);
      const token = at(output, pagination.outputToken);
      nextToken = token === null || token === undefined || token === "" ? undefined : (token as string);
      if (nextToken !== undefined && same(nextToken, sent)) {
        const error = new PaginationError(
          `The service answered with the ${pagination.inputToken} that it was sent, so the pages would never end`,
        );
        error.$metadata = (output as unknown as MetadataBearer).$metadata;
        throw error;
      }
      yield output;
      if (nextToken === undefined) return;
      request[pagination.inputToken] = nextToken;
    }
  }

  async function* itemsUpTo(limit: number, path: readonly string[]) {
    let left = limit;
    if (left <= 0) return;
    for await (const page of pages()) {
      for (const item of entries(at(page, path))) {
        yield item as Item;
        left--;
        if (left <= 0) return;
      }
    }
  }

  const pages = (given: PageOptions = {}) => pagesUpTo(countOf(given, "maxPages", "pages()"));

  const items = (given: ItemOptions = {}) => {
    if (!pagination.items)
      throw new TypeError("items(): the model does not say which member holds this operation's items");
    return itemsUpTo(countOf(given, "limit", "items()"), pagination.items);
  };

  return {
    pages,
    items,
    [Symbol.asyncIterator]: () => pages(),
    get nextToken() {
      return nextToken;
    },
  };
}

/** The one option of `pages()` or `items()`; no limit where it is absent. */
function countOf<Name extends string>(
  given: { readonly [K in Name]?: number | undefined },
  name: Name,
  owner: string,
): number {
  refuseUnknownOptions(given, new Set([name]), owner);
  const count = given[name] ?? Infinity;
  if (count === Infinity || (Number.isInteger(count) && count >= 0)) return count;
  throw new TypeError(`${owner}: ${name} must be a whole number from 0, or Infinity, but is ${String(count)}`);
}

function at(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** Tokens are strings nearly everywhere; DynamoDB's is a map. */
function same(left: unknown, right: unknown): boolean {
  return left === right || (typeof left === "object" && JSON.stringify(left) === JSON.stringify(right));
}

/** Items of a list; of a map, its entries. */
function entries(value: unknown): Iterable<unknown> {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : Object.entries(value);
}
