import { type Diagnostic, hasErrors, type Severity } from "../diagnostics.js";
import { comment } from "../text/comment.js";
import { checkBdd } from "./bdd.js";
import { rulesOfBdd } from "./bdd-functions.js";
import { literal } from "../text/literal.js";
import { RuleNames } from "./names.js";
import { printRules } from "./print-rules.js";
import type { Report } from "./scope.js";
import { checkRuleSet } from "./rules.js";
import { simplifyRuleSet } from "./simplify.js";
import type { Parameter, Reference, Rule, RuleFunction, ValueType, Variable } from "./tree.js";
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
  return printChecked(readRuleSet(value, options), options);
}

/**
 * Turns a `smithy.rules#endpointBdd` into the same kind of function: parts of the diagram that several ways lead to are
 * functions inside it.
 */
export function compileBdd(value: unknown, options: CompileRuleSetOptions): CompiledRuleSet {
  return printChecked(readBdd(value, options), options);
}

/** A rule set, checked and simplified. */
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

/** A decision diagram, checked and turned into rules. */
export function readBdd(value: unknown, options: Pick<CompileRuleSetOptions, "shapeId" | "file">): ReadRules {
  return readChecked(options, (report) => {
    const bdd = checkBdd(value, report);
    return bdd && { parameters: bdd.parameters, simplify: () => rulesOfBdd(bdd) };
  });
}

/** Endpoint rules that are ready to be printed or evaluated. */
export interface ReadRules {
  readonly parameters: readonly Parameter[];
  /** Undefined where a diagnostic is an error. */
  readonly code: Code | undefined;
  readonly diagnostics: Diagnostic[];
}

/** What is left to decide. */
export interface Code {
  readonly rules: readonly Rule[];
  readonly functions: readonly RuleFunction[];
  /** Variables that something reads. */
  readonly used: ReadonlySet<Variable>;
}

interface Checked {
  readonly parameters: readonly Parameter[];
  /** Asked for only where nothing was reported. */
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
  const taken = [functionName, "parameters", "_parameters", ...code.functions.map(({ name }) => name)];
  const names = new RuleNames(runtimeNames, taken);
  const source = printFunction(functionName, parameters, code, names);
  return { source, symbols: [...names.symbols].toSorted(), parameters, diagnostics };
}

function printFunction(
  name: string,
  parameters: readonly Parameter[],
  { rules, functions, used }: Code,
  names: RuleNames,
): string {
  const lines = [
    ...parameters.flatMap((parameter) => printParameter(parameter, used.has(parameter.variable), names)),
    "",
    ...printRules(rules, names),
    ...functions.flatMap((each) => ["", ...printRuleFunction(each, names)]),
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

function printRuleFunction({ name, parameters, rules }: RuleFunction, names: RuleNames): string[] {
  const list = parameters.map((parameter) => printTyped(parameter, names)).join(", ");
  return [
    `function ${name}(${list}): ${names.runtime("Endpoint")} {`,
    ...printRules(rules, names).map((line) => `  ${line}`),
    "}",
  ];
}

function printTyped({ variable, type }: Reference, names: RuleNames): string {
  return `${names.local(variable)}: ${printType(type, names)}`;
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

/** Whether the rules cannot do without a value of the parameter. */
export function mustBeGiven(parameter: Parameter): boolean {
  return parameter.required && parameter.default === undefined;
}
