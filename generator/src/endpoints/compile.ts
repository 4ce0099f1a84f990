import { type Diagnostic, hasErrors, type Severity } from "../diagnostics.js";
import { comment } from "../text/comment.js";
import { checkBdd } from "./bdd.js";
import { rulesOfBdd } from "./bdd-functions.js";
import { literal } from "../text/literal.js";
import { closed } from "./conditions.js";
import { RuleNames, runtimeSymbols } from "./names.js";
import { printError, printRules } from "./print-rules.js";
import type { Report } from "./scope.js";
import { checkRuleSet } from "./rules.js";
import { shareDecisions } from "./shared-decisions.js";
import { SharedResults } from "./shared-results.js";
import { simplifyRuleSet } from "./simplify.js";
import type { Parameter, Reference, Rule, RuleFunction, ValueType, Variable } from "./tree.js";
import { dropUnused } from "./unused.js";

export interface CompileRuleSetOptions {
  /** Shape ID of the service with the rules, for diagnostics. */
  readonly shapeId: string;
  readonly file?: string;
  /** Name of the function. Default: `resolveEndpoint`. */
  readonly functionName?: string;
  /** Local names of runtime symbols, if they differ from the exported names. */
  readonly runtimeNames?: Readonly<Record<string, string>>;
}

export interface CompiledRuleSet {
  /** One exported function and what it calls, without imports and not formatted. Empty if a diagnostic is an error. */
  readonly source: string;
  /** Runtime symbols that the function uses, sorted. */
  readonly symbols: string[];
  readonly parameters: readonly Parameter[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Compiles a `smithy.rules#endpointRuleSet` to a TypeScript function from `EndpointParameters` to `Endpoint`, with an
 * `if` statement for each rule.
 */
export function compileRuleSet(value: unknown, options: CompileRuleSetOptions): CompiledRuleSet {
  return printChecked(readRuleSet(value, options), options);
}

/**
 * Compiles a `smithy.rules#endpointBdd` to the same kind of function. Parts of the diagram that several paths lead to
 * are inner functions.
 */
export function compileBdd(value: unknown, options: CompileRuleSetOptions): CompiledRuleSet {
  return printChecked(readBdd(value, options), options);
}

/** Validates and simplifies a rule set. */
export function readRuleSet(value: unknown, options: Pick<CompileRuleSetOptions, "shapeId" | "file">): ReadRules {
  return readChecked(options, (report) => {
    const ruleSet = checkRuleSet(value, report);
    return {
      parameters: ruleSet.parameters,
      simplify: () => {
        const used = new Set<Variable>();
        return { rules: dropUnused(simplifyRuleSet(ruleSet).rules, used), functions: [], used };
      },
    };
  });
}

/** Validates a decision diagram and converts it to rules. */
export function readBdd(value: unknown, options: Pick<CompileRuleSetOptions, "shapeId" | "file">): ReadRules {
  return readChecked(options, (report) => {
    const bdd = checkBdd(value, report);
    return bdd && { parameters: bdd.parameters, simplify: () => rulesOfBdd(bdd) };
  });
}

/** Endpoint rules that are ready to be printed or evaluated. */
export interface ReadRules {
  readonly parameters: readonly Parameter[];
  /** Undefined if a diagnostic is an error. */
  readonly code: Code | undefined;
  readonly diagnostics: Diagnostic[];
}

/** Rules and functions to print or evaluate. */
export interface Code {
  readonly rules: readonly Rule[];
  readonly functions: readonly RuleFunction[];
  /** Variables that are read. */
  readonly used: ReadonlySet<Variable>;
}

interface Checked {
  readonly parameters: readonly Parameter[];
  /** Only called if no error was reported. */
  readonly simplify: () => Code;
}

function readChecked(
  { shapeId, file }: Pick<CompileRuleSetOptions, "shapeId" | "file">,
  check: (report: Report) => Checked | undefined,
): ReadRules {
  const diagnostics: Diagnostic[] = [];
  const checked = check((where, problem, severity: Severity = "error") => {
    diagnostics.push({
      severity,
      code: severity === "error" ? "endpoint-rules-invalid" : "endpoint-rules-loose",
      message: `${where === "" ? "" : `${where} of `}the endpoint rules ${problem}`,
      shapeId,
      ...(file === undefined ? {} : { file }),
    });
  });
  const parameters = checked?.parameters ?? [];
  return { parameters, code: hasErrors(diagnostics) ? undefined : checked?.simplify(), diagnostics };
}

function printChecked(
  { parameters, code, diagnostics }: ReadRules,
  { functionName = "resolveEndpoint", runtimeNames = {} }: CompileRuleSetOptions,
): CompiledRuleSet {
  if (!code) return { source: "", symbols: [], parameters, diagnostics };
  const own = code.functions.map((each) => ({ ...each, rules: closed(each.rules) }));
  const taken = [functionName, "parameters", "_parameters", ...own.map(({ name }) => name)];
  const symbols = runtimeSymbols.map((symbol) => runtimeNames[symbol] ?? symbol);
  const all = closed(code.rules);
  // The parts of a diagram that are shared are functions already.
  const { rules, functions } =
    own.length > 0 ? { rules: all, functions: [] } : shareDecisions(all, [...taken, ...symbols]);
  const outer = functions.map(({ name }) => name);
  const results = new SharedResults(
    [...rules, ...[...own, ...functions].flatMap((each) => each.rules)],
    [...taken, ...outer, ...symbols],
  );
  const names = new RuleNames(runtimeNames, [...taken, ...outer, ...results.names]);
  const source = [
    ...printFunction(functionName, parameters, { ...code, rules, functions: own }, names, results),
    ...functions.flatMap((each) => ["", ...printRuleFunction(each, names, results)]),
    ...results.print(names, (type) => printType(type, names)).flatMap((each) => ["", ...each]),
    "",
  ].join("\n");
  return { source, symbols: [...names.symbols].toSorted(), parameters, diagnostics };
}

function printFunction(
  name: string,
  parameters: readonly Parameter[],
  { rules, functions, used }: Code,
  names: RuleNames,
  results: SharedResults,
): string[] {
  const lines = [
    ...parameters.flatMap((parameter) => printParameter(parameter, used.has(parameter.variable), names)),
    "",
    ...printRules(rules, names, results),
    ...functions.flatMap((each) => ["", ...printRuleFunction(each, names, results)]),
  ];
  const given = parameters.some((each) => used.has(each.variable) || mustBeGiven(each)) ? "parameters" : "_parameters";
  return [
    "/** Resolves the endpoint by the rules of the model. Throws `EndpointError` if the rules end in an error. */",
    `export function ${name}(${given}: ${names.runtime("EndpointParameters")}): ${names.runtime("Endpoint")} {`,
    ...lines.map((line) => (line === "" ? line : `  ${line}`)),
    "}",
  ];
}

function printRuleFunction(
  { name, parameters, rules, throws }: RuleFunction,
  names: RuleNames,
  results: SharedResults,
): string[] {
  const list = parameters.map((parameter) => printTyped(parameter, names)).join(", ");
  const [first] = rules;
  if (throws && first?.kind === "error") {
    const head = `function ${name}(${list}): ${names.runtime("EndpointError")} {`;
    return [head, `  return ${printError(first, names)};`, "}"];
  }
  return [
    `function ${name}(${list}): ${names.runtime("Endpoint")} {`,
    ...printRules(rules, names, results).map((line) => `  ${line}`),
    "}",
  ];
}

function printTyped({ variable, type, optional }: Reference, names: RuleNames): string {
  return `${names.local(variable)}: ${printType(type, names)}${optional ? " | undefined" : ""}`;
}

function printType(type: ValueType, names: RuleNames): string {
  switch (type) {
    case "integer":
      return "number";
    case "stringArray":
      return "readonly string[]";
    case "Partition":
      return `ReturnType<typeof ${names.runtime("partitionOf")}>`;
    case "Arn":
      return `NonNullable<ReturnType<typeof ${names.runtime("parseArn")}>>`;
    case "Url":
      return `NonNullable<ReturnType<typeof ${names.runtime("parseURL")}>>`;
    default:
      return type;
  }
}

/** A constant with the parameter's value. Empty if no rule reads it, unless it is required. */
function printParameter(parameter: Parameter, isUsed: boolean, names: RuleNames): string[] {
  if (!isUsed && !mustBeGiven(parameter)) return [];
  const read = names.runtime(mustBeGiven(parameter) ? "requiredEndpointParameter" : "endpointParameter");
  const call = `${read}(parameters, ${literal(parameter.name)}, ${literal(parameter.type)})`;
  const fallback = parameter.default === undefined ? "" : ` ?? ${literal(parameter.default)}`;
  const documentation = parameter.documentation ? comment({ text: parameter.documentation }).split("\n") : [];
  if (!isUsed) return [...documentation, `${call};`];
  return [...documentation, `const ${names.local(parameter.variable)} = ${call}${fallback};`];
}

/** Whether the parameter is required and has no default. */
export function mustBeGiven(parameter: Parameter): boolean {
  return parameter.required && parameter.default === undefined;
}
