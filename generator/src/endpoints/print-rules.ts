import { canFail } from "./conditions.js";
import { comment } from "../text/comment.js";
import { propertyKey } from "../text/literal.js";
import { isCall } from "./expressions.js";
import { keyOfCondition } from "./grouped.js";
import { type Namer, printExpression, printIsSet, printProperty, printTest } from "./print-expression.js";
import type { SharedResults } from "./shared-results.js";
import {
  type Condition,
  type EndpointRule,
  type ErrorRule,
  type Expression,
  keyOf,
  type Rule,
  type Variable,
} from "./tree.js";

/** Names in printed code, and the functions that results share. */
interface Printer extends Namer {
  readonly results: SharedResults;
}

/** A code block: its lines, and the constants that they declare. */
interface Block {
  readonly lines: string[];
  readonly constants: Set<string>;
}

/** Prints rules, of which one always matches, as nested `if` statements that return an endpoint or throw. */
export function printRules(rules: readonly Rule[], names: Namer, results: SharedResults): string[] {
  const block = newBlock();
  const printer = {
    local: (variable: Variable) => names.local(variable),
    runtime: (symbol: string) => names.runtime(symbol),
    results,
  };
  printEach(rules, block, printer);
  return block.lines;
}

function newBlock(): Block {
  return { lines: [], constants: new Set() };
}

/** Rules that begin with the same conditions are printed in one `if` statement. If none of them matches, the next ones are tried. */
function printEach(rules: readonly Rule[], block: Block, namer: Printer): void {
  const groups: { readonly key: string; readonly rules: Rule[] }[] = [];
  for (const rule of rules) {
    const key = conditionKey(rule.conditions[0]);
    const last = groups.at(-1);
    if (key !== undefined && last?.key === key) last.rules.push(rule);
    else groups.push({ key: key ?? "", rules: [rule] });
  }
  for (const { rules: group } of groups) {
    const [first, ...others] = group;
    if (!first) continue;
    if (others.length === 0) printRule(first, block, namer);
    else {
      const common = commonConditions(first, others);
      const rest = group.map((rule) => ({ ...rule, conditions: rule.conditions.slice(common.length) }));
      printApart(common, block, namer, (inner) => printEach(rest, inner, namer));
    }
  }
}

/** The conditions that all rules begin with. */
function commonConditions({ conditions }: Rule, others: readonly Rule[]): readonly Condition[] {
  const end = conditions.findIndex((condition, index) => {
    const key = conditionKey(condition);
    return others.some((other) => conditionKey(other.conditions[index]) !== key);
  });
  return conditions.slice(0, end === -1 ? undefined : end);
}

function conditionKey(condition: Condition | undefined): string | undefined {
  return condition && keyOfCondition(condition);
}

function printRule(rule: Rule, block: Block, namer: Printer): void {
  if (rule.documentation) block.lines.push(...comment({ text: rule.documentation }).split("\n"));
  printApart(rule.conditions, block, namer, (inner) => printOutcome(rule, inner, namer));
}

/** Prints conditions and what they guard, in a block of its own where a constant is already declared. */
function printApart(
  conditions: readonly Condition[],
  block: Block,
  namer: Printer,
  print: (inner: Block) => void,
): void {
  if (!clashes(conditions, block, namer)) return printConditions(conditions, [], block, namer, print);
  const inner = newBlock();
  printConditions(conditions, [], inner, namer, print);
  block.lines.push("{", ...indented(inner.lines), "}");
}

/** Whether the block already has a constant that the conditions would declare outside of an `if` statement. */
function clashes(conditions: readonly Condition[], block: Block, namer: Namer): boolean {
  for (const { assign, value } of conditions) {
    if (assign && block.constants.has(namer.local(assign))) return true;
    if (canFail(value)) return false;
  }
  return false;
}

/** Prints the conditions, after the pending `tests`, and what they guard. */
function printConditions(
  conditions: readonly Condition[],
  tests: readonly Expression[],
  block: Block,
  namer: Printer,
  print: (inner: Block) => void,
): void {
  const index = conditions.findIndex(({ assign }) => assign);
  const all = [...tests, ...conditions.slice(0, index === -1 ? undefined : index).map(({ value }) => value)];
  const { value, assign } = conditions[index] ?? {};
  if (!value || !assign) return printGuarded(all, block, namer, print);
  printGuarded(all, block, namer, (inner) => {
    const name = namer.local(assign);
    inner.lines.push(`const ${name}${annotation(value)} = ${printExpression(value, namer)};`);
    inner.constants.add(name);
    const variable: Expression = { kind: "reference", variable: assign, type: value.type, optional: value.optional };
    printConditions(conditions.slice(index + 1), canFail(value) ? [variable] : [], inner, namer, print);
  });
}

/** Prints into the block itself if there is nothing to test, otherwise into an `if` statement. */
function printGuarded(tests: readonly Expression[], block: Block, namer: Namer, print: (inner: Block) => void): void {
  if (tests.length === 0) return print(block);
  const inner = newBlock();
  print(inner);
  block.lines.push(`if (${printTests(tests, namer)}) {`, ...indented(inner.lines), "}");
}

function printOutcome(rule: Rule, block: Block, namer: Printer): void {
  switch (rule.kind) {
    case "tree":
      return printEach(rule.rules, block, namer);
    case "error":
      block.lines.push(`throw ${printError(rule, namer)};`);
      return;
    case "shared": {
      const argv = rule.argv.map((argument) => printExpression(argument, namer));
      block.lines.push(`${rule.throws ? "throw" : "return"} ${rule.name}(${argv.join(", ")});`);
      return;
    }
    case "endpoint":
      block.lines.push(`return ${namer.results.callOf(rule, namer) ?? printEndpoint(rule, namer)};`);
  }
}

/** The creation of an error. */
export function printError({ message }: ErrorRule, namer: Namer): string {
  return `new ${namer.runtime("EndpointError")}(${printExpression(message, namer)})`;
}

function printEndpoint({ url, headers, properties }: EndpointRule, namer: Namer): string {
  const fields = [`url: ${printExpression(url, namer)}`];
  if (headers.length > 0) {
    const entries = headers.map(
      ([name, values]) => `${propertyKey(name)}: [${values.map((value) => printExpression(value, namer)).join(", ")}]`,
    );
    fields.push(`headers: { ${entries.join(", ")} }`);
  }
  if (properties.entries.length > 0) fields.push(`properties: ${printProperty(properties, namer)}`);
  return `{ ${fields.join(", ")} }`;
}

/** The type `string` for a choice of string literals: TypeScript rejects comparing it with any other literal. */
function annotation(value: Expression): string {
  if (value.type !== "string" || !(isCall(value, "ite") || isCall(value, "coalesce"))) return "";
  return value.optional ? ": string | undefined" : ": string";
}

/** A test that all values are set and none is false. `x !== undefined` is omitted if a later test implies it. */
function printTests(tests: readonly Expression[], namer: Namer): string {
  const needed = tests.filter((test, index) => {
    const next = tests[index + 1];
    const value = testedValue(test);
    return !(next && value && impliesSet(next, value));
  });
  const [only, ...others] = needed;
  if (only?.type === "boolean" && others.length === 0) return printExpression(only, namer);
  return needed
    .map((test) => (test.type === "boolean" ? printTest(test, namer) : printIsSet(test, namer)))
    .join(" && ");
}

/** The value of a test that only checks whether it is set. */
function testedValue(test: Expression): Expression | undefined {
  if (test.type !== "boolean") return test;
  return isCall(test, "isSet") ? test.argv[0] : undefined;
}

function impliesSet(test: Expression, value: Expression): boolean {
  const key = keyOf(value);
  if (isCall(test, "stringEquals")) return test.argv.some((argument) => keyOf(argument) === key);
  return test.kind === "reference" && test.type === "boolean" && keyOf(test) === key;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? line : `  ${line}`));
}
