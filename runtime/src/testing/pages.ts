import { memberAt } from "../operations/page-tokens.js";
import type { Pagination } from "../schema/pagination.js";
import type { Operation, ServiceModel } from "../schema/service.js";
import { type Member, targetOf } from "../schema/shapes.js";
import { isObject } from "../schema/values.js";
import { openToken, sealToken } from "./page-token.js";
import { type PaginatedOptions, paginatedOptions } from "./paginated.js";

type Values = Readonly<Record<string, unknown>>;

/** Items of a page if neither the request, the handler nor the model has a number. */
const usualPageSize = 100;

/** The pages of an operation whose handler returns all items. */
export class Pages {
  readonly #operation: Operation;
  readonly #pagination: Pagination & { readonly items: readonly string[] };
  readonly #options: PaginatedOptions<object>;
  readonly #token: Member;

  /**
   * @param name of the operation's function
   * @throws TypeError for an operation whose pages cannot be made
   */
  constructor(name: string, { server, operations }: ServiceModel, options: PaginatedOptions<object>) {
    const pagination = server?.pagination?.[name];
    const operation = operations[name];
    const token = operation?.input.members[pagination?.inputToken ?? ""];
    if (!operation || !pagination || !token) {
      const advice = "If it does, generate the package again: that of an earlier version lacks this fact";
      throw new TypeError(`handlers.${name} is paginated, but the model does not declare pages for it. ${advice}`);
    }
    const items = options.items?.split(".") ?? pagination.items;
    if (!items) {
      const example = `paginated(handler, { items: ${JSON.stringify(Object.keys(operation.output.members)[0])} })`;
      throw new TypeError(`handlers.${name}: the model does not name the member with the items: pass ${example}`);
    }
    const { pageSize } = options;
    if (pageSize !== undefined && !(Number.isInteger(pageSize) && pageSize >= 1)) {
      throw new TypeError(`handlers.${name}: pageSize must be a whole number from 1, but is ${String(pageSize)}`);
    }
    tokenValue(token, "");
    this.#operation = operation;
    this.#pagination = { ...pagination, items };
    this.#options = options;
    this.#token = token;
  }

  /** Name of the input member with the token. */
  get tokenName(): string {
    return this.#pagination.inputToken;
  }

  /** The input without its token. */
  withoutToken(input: object): object {
    const { [this.tokenName]: _token, ...rest } = input as Values;
    return rest;
  }

  /**
   * The page that the input asks for, which the handler's output is cut to.
   *
   * @param input with its token
   * @param invalid creates the default error for a token that this service did not return for this input
   */
  open(input: object, invalid: () => Error): (output: object) => object {
    const { inputToken, pageSize } = this.#pagination;
    const { [inputToken]: token, [pageSize ?? ""]: requested, ...query } = input as Values;
    const about = [this.#operation.name, query];
    const start = token === undefined ? 0 : openToken(textOf(this.#token, token), about);
    if (start === undefined) {
      const { invalidToken } = this.#options;
      const message = `The service did not return this ${inputToken} for the same input`;
      throw invalidToken ? new invalidToken({ message }) : invalid();
    }
    return (output) => this.#cut(output, start, this.#sizeOf(requested), about);
  }

  #sizeOf(requested: unknown): number {
    const { pageSize } = this.#pagination;
    const member = this.#operation.input.members[pageSize ?? ""];
    const range = member && "range" in member ? member.range : undefined;
    const most = this.#options.pageSize ?? range?.max ?? usualPageSize;
    // Some models have the default 0, which means the service's own.
    return Math.min(Number(requested) || most, most);
  }

  #cut(output: object, start: number, size: number, about: unknown): object {
    const { items, outputToken, moreResults, endsOnSameToken } = this.#pagination;
    const all = memberAt(output, items);
    const count = Array.isArray(all) ? all.length : Object.keys(all ?? {}).length;
    const end = Math.min(start + size, count);
    const isLast = end >= count;
    let page = all === undefined ? output : withMember(output, items, slice(all, start, end));
    const token = isLast && !endsOnSameToken ? undefined : tokenValue(this.#token, sealToken(end, about));
    page = withMember(page, outputToken, token);
    if (moreResults) page = withMember(page, moreResults, !isLast);
    const { complete } = this.#options;
    return complete ? complete(page) : page;
  }
}

/** The pages of a handler; undefined if it is not {@link paginated}. */
export function pagesOf(name: string, handler: object, model: ServiceModel): Pages | undefined {
  const options = paginatedOptions(handler);
  return options && new Pages(name, model, options);
}

/** A value that is neither a list nor a map stays as it is: it is an invalid output. */
function slice(all: unknown, start: number, end: number): unknown {
  if (Array.isArray(all)) return all.slice(start, end);
  return isObject(all) ? Object.fromEntries(Object.entries(all).slice(start, end)) : all;
}

/** A copy of an object with another member at a path; undefined removes it. */
function withMember(value: object, [name = "", ...rest]: readonly string[], member: unknown): object {
  const { [name]: inner, ...others } = value as Values;
  const replaced = rest.length === 0 ? member : withMember(isObject(inner) ? inner : {}, rest, member);
  return replaced === undefined ? others : { ...others, [name]: replaced };
}

/** A token in the form of its member: most are strings, that of DynamoDB is a map of unions. */
function tokenValue(member: Member, text: string): unknown {
  if ("target" in member) {
    const entries = Object.entries(targetOf(member).members);
    const [name, inner] = entries.find(([, each]) => "type" in each && each.type === "string") ?? entries[0] ?? [];
    if (name !== undefined && inner) return { [name]: tokenValue(inner, text) };
  } else if (member.type === "string") return text;
  else if (member.type === "map") return { token: tokenValue(member.value, text) };
  throw new TypeError("The token of a paginated operation must be a string, or a map or structure of strings");
}

/** The text of a token; an invalid one for a value that is not of {@link tokenValue}. */
function textOf(member: Member, value: unknown): string {
  let text = value;
  while (isObject(text)) text = Object.values(text)[0];
  const isToken = typeof text === "string" && JSON.stringify(tokenValue(member, text)) === JSON.stringify(value);
  return isToken ? (text as string) : "";
}
