import type { Ast } from "./model-values.js";

/** One request of `smithy.test#httpMalformedRequestTests`, after its parameters are filled in. */
export interface MalformedCase {
  readonly id: string;
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly queryParams?: readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly response: {
    readonly code: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: { readonly mediaType: string; readonly assertion: { readonly contents?: string } };
  };
}

interface MalformedTest extends MalformedCase {
  readonly testParameters?: Readonly<Record<string, readonly string[]>>;
}

/** The cases of a file, and the requests that they are with each set of their parameters. */
export function malformedCases(ast: Ast): { readonly tests: number; readonly requests: readonly MalformedCase[] } {
  const tests = Object.values(ast.shapes).flatMap(
    ({ traits }) => (traits?.["smithy.test#httpMalformedRequestTests"] ?? []) as readonly MalformedTest[],
  );
  return { tests: tests.length, requests: tests.flatMap(expand) };
}

function expand({ testParameters, ...item }: MalformedTest): MalformedCase[] {
  const names = Object.keys(testParameters ?? {});
  const count = testParameters?.[names[0] ?? ""]?.length;
  // `$$` is a dollar sign in the texts of a case that has parameters.
  if (!testParameters || count === undefined) return [item];
  return Array.from({ length: count }, (_, index) => {
    const values = Object.fromEntries(names.map((name) => [name, testParameters[name]?.[index] ?? ""]));
    return { ...(fill(item, values) as MalformedCase), id: `${item.id} ${index + 1}` };
  });
}

/** `$name:L` is the value as it is, `$name:S` as a JSON text. */
function fill(value: unknown, parameters: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    return value.replaceAll(/\$(?:(\w+):([LS])|\$)/g, (_match, name?: string, form?: string) => {
      if (name === undefined) return "$";
      const text = parameters[name] ?? "";
      return form === "S" ? JSON.stringify(text) : text;
    });
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, parameters));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, parameters)]));
}
