import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { comment } from "../text/comment.js";
import { literal } from "../text/literal.js";
import { RuleNames } from "./names.js";
import { printRules } from "./print-rules.js";
import { checkRuleSet } from "./rules.js";
import { simplifyRuleSet } from "./simplify.js";
import type { Parameter, RuleSet, Variable } from "./tree.js";
import { dropUnused } from "./unused.js";

export interface CompileRuleSetOptions {
  /** The service that the rules stand on; diagnostics name it. */
  readonly shapeId: string;
  readonly file?: string;
  /** What the function is called, if not `resolveEndpoint`. */
  readonly functionName?: string;
  /** What the generated module calls the runtime's symbols, where it does not use their own names. */
  readonly runtimeNames?: Readonly<Record<string, string>>;
}

export interface CompiledRuleSet {
  /** One exported function, without imports; empty where a diagnostic is an error. Not formatted. */
  readonly source: string;
  /** The runtime's symbols that the function names, in order. */
  readonly symbols: string[];
  readonly parameters: readonly Parameter[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Turns a `smithy.rules#endpointRuleSet` into a TypeScript function from `EndpointParameters` to `Endpoint`, which
 * decides by `if` statements what the rules decide.
 */
export function compileRuleSet(value: unknown, options: CompileRuleSetOptions): CompiledRuleSet {
  const { shapeId, file } = options;
  const diagnostics: Diagnostic[] = [];
  const ruleSet = checkRuleSet(value, (where, problem) => {
    diagnostics.push({
      severity: "error",
      code: "endpoint-rules-invalid",
      message: `${where === "" ? "" : `${where} of `}the endpoint rules ${problem}`,
      shapeId,
      ...(file === undefined ? {} : { file }),
    });
  });
  const { parameters } = ruleSet;
  if (hasErrors(diagnostics)) return { source: "", symbols: [], parameters, diagnostics };
  const functionName = options.functionName ?? "resolveEndpoint";
  const names = new RuleNames(options.runtimeNames ?? {}, [functionName, "parameters", "_parameters"]);
  const source = printFunction(functionName, simplifyRuleSet(ruleSet), names);
  return { source, symbols: [...names.symbols].toSorted(), parameters, diagnostics };
}

function printFunction(name: string, { parameters, rules }: RuleSet, names: RuleNames): string {
  const used = new Set<Variable>();
  const needed = dropUnused(rules, used);
  const lines = [
    ...parameters.flatMap((parameter) => printParameter(parameter, used.has(parameter.variable), names)),
    "",
    ...printRules(needed, names),
  ];
  const given = parameters.some((each) => used.has(each.variable) || mustBeGiven(each)) ? "parameters" : "_parameters";
  return [
    "/** Where requests go, by the endpoint rules of the model. Throws `EndpointError` where they end in an error. */",
    `export function ${name}(${given}: ${names.runtime("EndpointParameters")}): ${names.runtime("Endpoint")} {`,
    ...lines.map((line) => (line === "" ? line : `  ${line}`)),
    "}",
    "",
  ].join("\n");
}

/** A constant with the parameter's value; nothing where no rule asks for it, unless it has to be set all the same. */
function printParameter(parameter: Parameter, isUsed: boolean, names: RuleNames): string[] {
  if (!isUsed && !mustBeGiven(parameter)) return [];
  const read = names.runtime(mustBeGiven(parameter) ? "requiredEndpointParameter" : "endpointParameter");
  const call = `${read}(parameters, ${literal(parameter.name)}, ${literal(parameter.type)})`;
  const fallback = parameter.default === undefined ? "" : ` ?? ${literal(parameter.default)}`;
  const documentation = parameter.documentation ? comment({ text: parameter.documentation }).split("\n") : [];
  if (!isUsed) return [...documentation, `${call};`];
  return [...documentation, `const ${names.local(parameter.variable)} = ${call}${fallback};`];
}

function mustBeGiven(parameter: Parameter): boolean {
  return parameter.required && parameter.default === undefined;
}
