import { type Expression, keyOf } from "./tree.js";

/** Letters and digits, or a delimiter of a URL, or an expression. */
type Token = string | Expression;

/** What URLs start and end with in common, and what is between. */
export interface UrlParts {
  readonly start: Expression | undefined;
  readonly end: Expression | undefined;
  readonly middles: readonly Expression[];
}

/**
 * Splits URLs into their common start and end, at delimiters, and what differs.
 *
 * @param isAllowed whether the start or the end may contain an expression
 */
export function splitUrls(urls: readonly Expression[], isAllowed: (part: Expression) => boolean): UrlParts {
  const lists = urls.map(tokensOf);
  const start = commonStart(lists, isAllowed);
  const rest = lists.map((tokens) => tokens.slice(start.length));
  const end = commonStart(
    rest.map((tokens) => tokens.toReversed()),
    isAllowed,
  ).toReversed();
  return {
    start: start.length > 0 ? joined(start) : undefined,
    end: end.length > 0 ? joined(end) : undefined,
    middles: rest.map((tokens) => joined(tokens.slice(0, tokens.length - end.length))),
  };
}

/** Joins parts of a URL to one expression. */
export function joined(tokens: readonly Token[]): Expression {
  const parts: Token[] = [];
  for (const token of tokens.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (typeof token === "string" && typeof last === "string") parts.splice(-1, 1, last + token);
    else if (token !== "") parts.push(token);
  }
  const [only = "", ...others] = parts;
  if (others.length > 0) return { kind: "template", parts, type: "string", optional: false };
  return typeof only === "string" ? { kind: "literal", value: only, type: "string", optional: false } : only;
}

function partsOf(value: Token): readonly Token[] {
  if (typeof value === "string") return [value];
  if (value.kind === "template") return value.parts;
  return [value.kind === "literal" ? String(value.value) : value];
}

function tokensOf(url: Expression): readonly Token[] {
  return partsOf(url).flatMap((part): readonly Token[] =>
    typeof part === "string" ? [...(part.match(/[A-Za-z\d]+|[^A-Za-z\d]/g) ?? [])] : [part],
  );
}

function commonStart(
  [first = [], ...others]: readonly (readonly Token[])[],
  isAllowed: (part: Expression) => boolean,
): readonly Token[] {
  const end = first.findIndex(
    (token, index) =>
      (typeof token !== "string" && !isAllowed(token)) || others.some((tokens) => !isSame(token, tokens[index])),
  );
  return end === -1 ? first : first.slice(0, end);
}

function isSame(left: Token, right: Token | undefined): boolean {
  if (right === undefined || typeof left === "string" || typeof right === "string") return left === right;
  return keyOf(left) === keyOf(right);
}
