import { comment, literal, needsNothing, type OperationIr, propertyKey, type ServiceIr } from "clientsmith/plugin";
import type { Namer } from "./names.js";

/** The module `tanstack-query` of a package. */
export function moduleText(ir: ServiceIr, namer: Namer): string {
  const operations = ir.operations.map((operation) => new OperationText(operation, ir));
  const parts = operations.flatMap((text) => {
    const { query, infiniteQuery, mutation } = namer.of(text.operation);
    return [
      ...(query === undefined ? [] : [text.query(query)]),
      ...(infiniteQuery === undefined ? [] : [text.infiniteQuery(infiniteQuery)]),
      ...(mutation === undefined ? [] : [text.mutation(mutation)]),
    ];
  });
  return `${frame}\n${parts.join("\n")}`;
}

/** Names with `$` are no names of shapes, so that the package exports none of them. */
const frame = `import type {
  DataTag as DataTag$,
  InfiniteData as InfiniteData$,
  MutationObserverOptions as MutationObserverOptions$,
  QueryFunction as QueryFunction$,
  QueryObserverOptions as QueryObserverOptions$,
} from "@tanstack/query-core";
import type { ClientsmithError as ClientsmithError$ } from "@clientsmith/runtime";

/** A key with the types of its data and its errors, which TanStack Query reads. */
function key$<Tagged>(...parts: Key$<unknown>): Tagged {
  return parts as unknown as Tagged;
}

type Key$<Input> = readonly [service: string, operation: string, kind: "one" | "pages", input: Input];

/** Options of a query. Failures are not retried by the query, because the client retries them. */
export interface Query$<Input, Output, Failure> {
  readonly queryKey: DataTag$<Key$<Input>, Output, Failure>;
  readonly queryFn: QueryFunction$<Output, Key$<Input>>;
  readonly retry: NonNullable<QueryObserverOptions$<Output, Failure>["retry"]>;
}

/** Options of an infinite query, whose data are pages. */
export interface InfiniteQuery$<Input, Output, Failure, Token> {
  readonly queryKey: DataTag$<Key$<Input>, InfiniteData$<Output, Token | undefined>, Failure>;
  readonly queryFn: QueryFunction$<Output, Key$<Input>, Token | undefined>;
  readonly initialPageParam: Token | undefined;
  readonly getNextPageParam: (page: Output, pages: readonly Output[], sent: Token | undefined) => Token | undefined;
  readonly retry: NonNullable<QueryObserverOptions$<Output, Failure>["retry"]>;
}

/** Options of a mutation, whose variables are the input. */
export interface Mutation$<Input, Output, Failure> {
  readonly mutationKey: readonly [service: string, operation: string];
  readonly mutationFn: (input: Input) => Promise<Output>;
  readonly retry: NonNullable<MutationObserverOptions$<Output, Failure, Input>["retry"]>;
}
`;

class OperationText {
  readonly operation: OperationIr;
  readonly #ir: ServiceIr;
  readonly #function: string;
  readonly #failure: string;
  readonly #input: string;
  readonly #output: string;

  constructor(operation: OperationIr, ir: ServiceIr) {
    this.operation = operation;
    this.#ir = ir;
    const { names } = ir;
    const own = names.operations.get(operation.id);
    const bearer = names.runtime["MetadataBearer"] ?? "MetadataBearer";
    this.#function = own?.function ?? "";
    this.#failure = `${own?.failure ?? "never"} | ClientsmithError$`;
    this.#input = typeName(operation.input, ir) ?? "Record<string, never>";
    this.#output = [typeName(operation.output, ir), bearer].filter((each) => each !== undefined).join(" & ");
  }

  query(name: string): string {
    const doc = comment({ facts: [`Query of {@link ${this.#function}}.`] });
    return `${doc}
export function ${name}(client: ${this.#ir.names.client}, input: ${this.#input}${this.#default()}): Query$<${this.#types()}> {
  return {
    queryKey: key$(${this.#path()}, "one", input),
    queryFn: ({ signal }) => ${this.#function}(client, input, { signal }),
    retry: false,
  };
}
`;
  }

  infiniteQuery(name: string): string {
    const { pagination } = this.operation;
    if (!pagination) return "";
    const { inputToken, outputToken, moreResults, endsOnSameToken } = pagination;
    const token = `NonNullable<${this.#input}[${literal(inputToken)}]>`;
    const types = `${this.#types()}, ${token}`;
    const found = `${member("page", outputToken)} || undefined`;
    const given = moreResults ? `${member("page", moreResults)} ? ${found} : undefined` : found;
    // Such a token is a string.
    const next = endsOnSameToken
      ? `(page, _, sent) => { const token = ${given}; return token === sent ? undefined : token; }`
      : `(page) => ${given}`;
    const doc = comment({ facts: [`Infinite query of the pages of {@link ${this.#function}}.`] });
    return `${doc}
export function ${name}(client: ${this.#ir.names.client}, input: ${this.#input}${this.#default()}): InfiniteQuery$<${types}> {
  return {
    queryKey: key$(${this.#path()}, "pages", input),
    queryFn: ({ pageParam = ${member("input", [inputToken])}, signal }) =>
      ${this.#function}(client, { ...input, ${propertyKey(inputToken)}: pageParam }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: ${next},
    retry: false,
  };
}
`;
  }

  mutation(name: string): string {
    const isOptional = needsNothing(this.operation.input, this.#ir);
    const types = `${isOptional ? `${this.#input} | void` : this.#input}, ${this.#output}, ${this.#failure}`;
    const input = isOptional ? "input ?? {}" : "input";
    const doc = comment({ facts: [`Mutation by {@link ${this.#function}}.`] });
    return `${doc}
export function ${name}(client: ${this.#ir.names.client}): Mutation$<${types}> {
  return {
    mutationKey: [${this.#path()}],
    mutationFn: (input) => ${this.#function}(client, ${input}),
    retry: false,
  };
}
`;
  }

  /** The first parts of a key. */
  #path(): string {
    return `${literal(this.#ir.names.service)}, ${literal(this.#function)}`;
  }

  #types(): string {
    return `${this.#input}, ${this.#output}, ${this.#failure}`;
  }

  #default(): string {
    return needsNothing(this.operation.input, this.#ir) ? " = {}" : "";
  }
}

function typeName(shape: OperationIr["input"], { names }: ServiceIr): string | undefined {
  return shape && names.shapes.get(shape.id);
}

/** `page.a?.b`: outputs may lack any member. */
function member(value: string, path: readonly string[]): string {
  return path.reduce((text, name, index) => {
    const isName = propertyKey(name) === name;
    if (index === 0) return isName ? `${text}.${name}` : `${text}[${literal(name)}]`;
    return `${text}?.${isName ? name : `[${literal(name)}]`}`;
  }, value);
}
