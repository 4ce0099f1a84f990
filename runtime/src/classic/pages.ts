/** Pages of an operation, by the model's pagination. */
import { type Member, type StructureShape } from "../schema/shapes.js";
import { isLastPage, isSameToken, isToken, itemsOf, memberAt, SentTokens } from "../operations/page-tokens.js";
import { awsError } from "./aws-error.js";
import type { Request } from "./request.js";
import type { Response } from "./response.js";
import type { AWSError, ClassicPagination } from "./types.js";

/** Values to send for the members that {@link inputTokens} names, in its order. */
export type PageTokens = readonly unknown[];

interface Token {
  readonly inputToken: string;
  readonly outputToken: readonly string[];
}

function tokensOf({ inputToken, outputToken, further = [] }: ClassicPagination): Token[] {
  // An operation with one page has empty names for its tokens.
  return [{ inputToken, outputToken }, ...further].filter((token) => token.inputToken !== "");
}

/** The tokens of the next page; null if there is none. */
export function nextPageTokens(pagination: ClassicPagination, data: unknown, params: object): PageTokens | null {
  if (isLastPage(pagination, data)) return null;
  const tokens = tokensOf(pagination).map(({ outputToken }) => {
    const token = memberAt(data, outputToken);
    return isToken(token) ? token : undefined;
  });
  if (pagination.endsOnSameToken && isSameToken(tokens, sentTokensOf(params, pagination))) return null;
  return tokens.some((token) => token !== undefined) ? tokens : null;
}

function sentTokensOf(params: object, pagination: ClassicPagination): PageTokens {
  return tokensOf(pagination).map(({ inputToken }) => (params as Readonly<Record<string, unknown>>)[inputToken]);
}

/** The parameters of a request for the page of the tokens. */
export function paramsOfPage(params: object, pagination: ClassicPagination, tokens: PageTokens): object {
  const names = tokensOf(pagination).map(({ inputToken }) => inputToken);
  return { ...params, ...Object.fromEntries(names.map((name, index) => [name, tokens[index]])) };
}

/** Called with each page. One with a third parameter calls that to continue. */
export type PageCallback<Data, Err> = (
  this: Response<Data, Err>,
  err: Err | null,
  data: Data | null,
  done: (goOn?: unknown) => void,
) => unknown;

/** The form of the declarations of AWS SDK v2, for callbacks that are declared so. */
export type LoosePageCallback<Data, Err> = (
  this: Response<Data, Err>,
  err: Err,
  data: Data,
  done: (goOn?: unknown) => void,
) => unknown;

/** Sends the request, then one for each further page, and calls back for each. */
export function eachPage<Data, Err>(request: Request<Data, Err>, callback: PageCallback<Data, Err>): void {
  const waits = callback.length > 2;
  const call = (response: Response<Data, Err>, err: Err | null, data: Data | null, next: (goOn?: unknown) => void) => {
    if (waits) callback.call(response, err, data, next);
    else next(callback.call(response, err, data, () => {}));
  };
  const sentTokens = new SentTokens();
  const visit = (response: Response<Data, Err>): void => {
    const { error, data } = response;
    if (error !== null) return call(response, error, data, () => {});
    const { pagination, params } = response.request;
    if (pagination) sentTokens.add(sentTokensOf(params, pagination));
    call(response, null, data, (goOn) => {
      if (goOn === false) return;
      if (!response.hasNextPage()) return call(response, null, null, () => {});
      if (sentTokens.has(response.nextPageTokens)) {
        return call(response, endlessPages(response.request as Request<unknown, unknown>) as Err, null, () => {});
      }
      response.nextPage()?.on("complete", visit).send();
    });
  };
  request.on("complete", visit).send();
}

function endlessPages({ pagination, operation }: Request<unknown, unknown>): AWSError {
  const names = pagination ? tokensOf(pagination).map(({ inputToken }) => inputToken) : [];
  return awsError(new Error(), {
    code: "PaginationError",
    message: `${operation} returned a ${names.join(", ")} that it was sent before, so the pages would never end`,
    retryable: false,
  });
}

/** As {@link eachPage}, item by item. */
export function eachItem<Data, Err>(
  request: Request<Data, Err>,
  callback: (err: Err | null, item: unknown) => unknown,
): void {
  const path = itemsPath(request);
  eachPage<Data, Err>(request, (err, data) => {
    if (err !== null) return callback(err, null);
    if (data === null) return callback(null, null);
    if (!path) {
      callback(noItems(request) as Err, null);
      return false;
    }
    for (const item of itemsOf(memberAt(data, path))) if (callback(null, item) === false) return false;
    return true;
  });
}

/** The path of the items: that of the model, else the only list of the output. */
function itemsPath<Data, Err>({ pagination, definition }: Request<Data, Err>): readonly string[] | undefined {
  if (pagination?.items) return pagination.items;
  const lists = definition ? listsOf(definition.output) : [];
  return lists.length === 1 ? lists : undefined;
}

function listsOf({ members }: StructureShape): string[] {
  const isList = (member: Member): boolean => "type" in member && member.type === "list";
  return Object.entries(members).flatMap(([name, member]) => (isList(member) ? [name] : []));
}

function noItems<Data, Err>({ operation }: Request<Data, Err>): AWSError {
  return awsError(new Error(), {
    code: "PaginationError",
    message: `The model does not state which member of the output of ${operation} holds its items; use eachPage`,
    retryable: false,
  });
}
