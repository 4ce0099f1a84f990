import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileRuleSet } from "#generator/endpoints/compile.js";
import { formatDiagnostic } from "#generator/diagnostics.js";
import type { EndpointResolver } from "#runtime/schema/service.js";
import { root } from "./shared.js";

/** A case of `smithy.rules#endpointTests`. */
export interface EndpointTestCase {
  readonly documentation?: string;
  readonly params?: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** Calls that lead to the parameters of the case. */
  readonly operationInputs?: readonly EndpointOperationInput[];
  readonly expect: {
    readonly error?: string;
    readonly endpoint?: { readonly url: string; readonly headers?: object; readonly properties?: object };
  };
}

export interface EndpointOperationInput {
  readonly operationName: string;
  readonly operationParams?: Readonly<Record<string, unknown>>;
  readonly builtInParams?: Readonly<Record<string, unknown>>;
  readonly clientParams?: Readonly<Record<string, unknown>>;
}

interface ServiceShape {
  readonly type: string;
  readonly traits?: Readonly<Record<string, unknown>>;
}

/** The traits of the one service of a model in JSON AST. */
export function serviceTraits(modelText: string): Readonly<Record<string, unknown>> {
  const { shapes } = JSON.parse(modelText) as { shapes: Record<string, ServiceShape> };
  const service = Object.values(shapes).find(({ type }) => type === "service");
  return service?.traits ?? {};
}

/** The endpoint tests among a service's traits. */
export function endpointTests(traits: Readonly<Record<string, unknown>>): readonly EndpointTestCase[] {
  const tests = traits["smithy.rules#endpointTests"] as { testCases?: readonly EndpointTestCase[] } | undefined;
  return tests?.testCases ?? [];
}

/** Compiles endpoint rules and loads the function. `name` distinguishes its file from those of other suites. */
export async function compileEndpoints(
  name: string,
  rules: unknown,
  compile: typeof compileRuleSet = compileRuleSet,
): Promise<EndpointResolver> {
  const { source, symbols, diagnostics } = compile(rules, { shapeId: `test#${name}` });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  const folder = join(root, ".cache/endpoints");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, `${imports(symbols)}\n${source}`);
  const { resolveEndpoint } = (await import(file)) as { resolveEndpoint: EndpointResolver };
  return resolveEndpoint;
}

function imports(symbols: readonly string[]): string {
  const functions = symbols.filter((symbol) => !symbol.startsWith("Endpoint"));
  return [
    `import { ${functions.join(", ")} } from "#runtime/endpoints/rule-functions.js";`,
    'import { EndpointError } from "#runtime/errors/index.js";',
    'import type { Endpoint, EndpointParameters } from "#runtime/schema/service.js";',
  ].join("\n");
}
