import { compileRuleSet } from "../../../../../generator/src/endpoints/compile.js";
import * as library from "../../../../../runtime/src/endpoints/library.js";
import type { EndpointParameters, EndpointResolver } from "../../../../../runtime/src/endpoints/types.js";
import { EndpointError } from "../../../../../runtime/src/errors.js";

const runtime: Readonly<Record<string, unknown>> = { ...library, EndpointError };
const typed = /^export (function \w+\(\w+): EndpointParameters\): Endpoint \{$/m;

/** Compiles rules and makes a function of the text, which is JavaScript but for the types of its first line. */
export function load(ruleSet: unknown): EndpointResolver {
  const { source, symbols, diagnostics } = compileRuleSet(ruleSet, { shapeId: "test#Service" });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const values = symbols.filter((symbol) => symbol !== "Endpoint" && symbol !== "EndpointParameters");
  const body = `${source.replace(typed, "$1) {")}\nreturn resolveEndpoint;`;
  const make = new Function(...values, body) as (...values: unknown[]) => EndpointResolver;
  return make(...values.map((symbol) => runtime[symbol]));
}

/** What a resolver answers: its endpoint, or the message of its `EndpointError`. */
export function outcome(resolve: EndpointResolver, parameters: EndpointParameters): object {
  try {
    return { endpoint: resolve(parameters) };
  } catch (error) {
    if (error instanceof EndpointError) return { error: error.message };
    throw error;
  }
}
