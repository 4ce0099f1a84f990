import type { Client } from "../client/client.js";
import type { CallOptions } from "../config/options.js";
import { callOptionRules } from "../client/option-rules.js";
import type { MetadataBearer } from "../errors/base.js";
import { PaginationError } from "../errors/client.js";
import { rejectNoClient } from "../call/no-client.js";
import type { Pagination } from "../schema/pagination.js";
import { isLastPage, isSameToken, isToken, itemsOf, memberAt, SentTokens } from "./page-tokens.js";
import { rejectUnknownOptions } from "../client/check-options.js";

export type { Pagination } from "../schema/pagination.js";

export interface PaginatorOptions extends CallOptions {
  /** Requested number of items per page. */
  readonly pageSize?: number | undefined;
  /** Token of the first page: a `nextToken` of an earlier run with the same input. */
  readonly startToken?: string | undefined;
}

export interface ItemOptions {
  /** Max number of items. */
  readonly limit?: number | undefined;
}

export interface PageOptions {
  /** Max number of pages. */
  readonly maxPages?: number | undefined;
}

/** Iterates over pages, or with `items()` over their items. Each iteration starts at the first page and calls the operation for each page. */
export interface Paginator<Page, Item> extends AsyncIterable<Page> {
  pages(options?: PageOptions): AsyncGenerator<Page, void, undefined>;
  /** The items of all pages. */
  items(options?: ItemOptions): AsyncGenerator<Item, void, undefined>;
  /** Token of the next page, `undefined` before the first and after the last page: pass it as `startToken` to continue later. */
  readonly nextToken: string | undefined;
}

const optionNames: ReadonlySet<string> = /* @__PURE__ */ new Set<string>([
  "pageSize",
  "startToken",
  ...Object.keys(callOptionRules),
]);

type Call<C, Input, Output> = (client: C, input: Input, options?: CallOptions) => Promise<Output>;

/**
 * Pages through an operation by calling its function. The input is copied. A token that leads back to an earlier page ends
 * the iteration with a `PaginationError`, after the page that has it.
 */
export function paginate<C extends Client, Input extends object, Output extends object, Item>(
  call: Call<C, Input, Output>,
  pagination: Pagination,
  client: C,
  input: Input,
  options: PaginatorOptions = {},
): Paginator<Output, Item> {
  rejectNoClient(client, "A paginator");
  rejectUnknownOptions(options, optionNames, "A paginator");
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
    const sentTokens = new SentTokens();
    for (let page = 0; page < maxPages; page++) {
      const sent = request[pagination.inputToken];
      const output = await call(client, { ...request } as Input, callOptions);
      if (sent !== undefined) sentTokens.add(sent);
      const token = isLastPage(pagination, output) ? undefined : memberAt(output, pagination.outputToken);
      nextToken =
        !isToken(token) || (pagination.endsOnSameToken && isSameToken(token, sent)) ? undefined : (token as string);
      yield output;
      if (nextToken === undefined) return;
      if (sentTokens.has(nextToken)) throw endlessPages(pagination, output);
      request[pagination.inputToken] = nextToken;
    }
  }

  async function* itemsUpTo(limit: number, path: readonly string[]) {
    let left = limit;
    if (left <= 0) return;
    for await (const page of pages()) {
      for (const item of itemsOf(memberAt(page, path))) {
        yield item as Item;
        left--;
        if (left <= 0) return;
      }
    }
  }

  const pages = (given: PageOptions = {}) => pagesUpTo(countOf(given, "maxPages", "pages()"));

  const items = (given: ItemOptions = {}) => {
    if (!pagination.items)
      throw new TypeError(
        "items(): the model does not state which output member contains the items. Iterate over the pages.",
      );
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

function endlessPages({ inputToken }: Pagination, output: object): PaginationError {
  const error = new PaginationError(
    `The service returned a ${inputToken} that it was sent before, so the pages would never end`,
  );
  error.$metadata = (output as MetadataBearer).$metadata;
  return error;
}

/** The only option of `pages()` or `items()`; default: no limit. */
function countOf<Name extends string>(
  given: { readonly [K in Name]?: number | undefined },
  name: Name,
  owner: string,
): number {
  rejectUnknownOptions(given, new Set([name]), owner);
  const count = given[name] ?? Infinity;
  if (count === Infinity || (Number.isInteger(count) && count >= 0)) return count;
  throw new TypeError(`${owner}: ${name} must be a whole number from 0, or Infinity, but is ${String(count)}`);
}
