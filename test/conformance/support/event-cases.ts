import { type Ast, fromTestValue, shapeOf } from "./model-values.js";

/** One value of `smithy.test#eventStreamTests`. */
export interface EventStreamCase {
  readonly id: string;
  readonly operation: string;
  readonly appliesTo?: "client" | "server";
  readonly initialRequestParams?: object;
  readonly initialRequest?: { readonly method: string; readonly uri: string; readonly headers: Record<string, string> };
  readonly initialResponseParams?: object;
  readonly initialResponse?: {
    readonly code: number;
    readonly headers: Record<string, string>;
    readonly body?: string;
  };
  readonly events?: readonly EventCase[];
  readonly expectation?: { readonly failure?: { readonly errorId?: string } };
}

export interface EventCase {
  readonly type: "request" | "response";
  readonly params?: object;
  readonly headers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly body?: string;
  readonly bodyMediaType?: string;
  readonly bytes?: string;
}

/** Every case of a model, with its operation. */
export function eventStreamCases({ shapes }: Ast): EventStreamCase[] {
  return Object.entries(shapes).flatMap(([operation, { traits }]) =>
    ((traits?.["smithy.test#eventStreamTests"] ?? []) as readonly EventStreamCase[]).map((each) => ({
      ...each,
      operation,
    })),
  );
}

/** The member of an input or output that is an event stream. */
export function streamMember(ast: Ast, id: string): { readonly name: string; readonly target: string } | undefined {
  if (id === "") return undefined;
  const { members = {} } = shapeOf(ast, id);
  const found = Object.entries(members).find(
    ([, { target }]) => shapeOf(ast, target).type === "union" && shapeOf(ast, target).traits?.["smithy.api#streaming"],
  );
  return found && { name: found[0], target: found[1].target };
}

/** These cases have timestamps as text. */
export function eventOf(ast: Ast, union: string, params: object): object {
  const inSeconds = (key: string, value: unknown): unknown =>
    key === "timestampHeader" ? Date.parse(String(value)) / 1000 : value;
  return fromTestValue(ast, union, JSON.parse(JSON.stringify(params), inSeconds)) as object;
}

export async function* iterate<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield await Promise.resolve(item);
}
