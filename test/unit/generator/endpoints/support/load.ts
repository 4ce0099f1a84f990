import { evaluateRules } from "#generator/dynamic-client/endpoint.js";
import { compileBdd, type CompiledRuleSet, compileRuleSet, type ReadRules } from "#generator/endpoints/compile.js";
import * as library from "#runtime/endpoints/rule-functions.js";
import type { EndpointParameters, EndpointResolver } from "#runtime/schema/service.js";
import { EndpointError } from "#runtime/errors/index.js";

const runtime: Readonly<Record<string, unknown>> = { ...library, EndpointError };

/** Compiles rules and makes a function of the text, which is JavaScript but for few types. */
export function load(ruleSet: unknown): EndpointResolver {
  return evaluate(compileRuleSet(ruleSet, { shapeId: "test#Service" }));
}

/** As {@link load}, of a decision diagram. */
export function loadBdd(bdd: unknown): EndpointResolver {
  return evaluate(compileBdd(bdd, { shapeId: "test#Service" }));
}

function evaluate({ source, symbols, diagnostics }: CompiledRuleSet): EndpointResolver {
  if (diagnostics.some(({ severity }) => severity === "error"))
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const values = symbols.filter((symbol) => symbol !== "Endpoint" && symbol !== "EndpointParameters");
  const script = source
    .replace(/^export (function \w+\(\w+): EndpointParameters\): Endpoint \{$/m, "$1) {")
    .replace(
      /^( *function \w+)\((.*)\): Endpoint(?:Error)? \{$/gm,
      (_, start: string, list: string) => `${start}(${untyped(list)}) {`,
    )
    .replace(/^( *const \w+): string(?: \| undefined)? =/gm, "$1 =");
  const body = `${script}\nreturn resolveEndpoint;`;
  const make = new Function(...values, body) as (...values: unknown[]) => EndpointResolver;
  return make(...values.map((symbol) => runtime[symbol]));
}

function untyped(parameters: string): string {
  return parameters.replaceAll(/: [^,]+/g, "");
}

/** Rules that are evaluated without generated code. */
export function evaluated({ parameters, code, diagnostics }: ReadRules): EndpointResolver {
  if (!code) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return evaluateRules(parameters, code);
}

/** Outcome of a resolver: its endpoint, or the message of its `EndpointError`. */
export function outcome(resolve: EndpointResolver, parameters: EndpointParameters): object {
  try {
    return { endpoint: resolve(parameters) };
  } catch (error) {
    if (error instanceof EndpointError) return { error: error.message };
    throw error;
  }
}
