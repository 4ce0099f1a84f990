import { comment } from "../text/comment.js";
import { propertyKey } from "../text/literal.js";
import { isCall } from "./expressions.js";
import { type Namer, printExpression, printIsSet, printProperty, printTest } from "./print-expression.js";
import { alwaysMatches, canFail } from "./simplify.js";
import type { SharedResults } from "./shared-results.js";
import { type Condition, type EndpointRule, type Expression, keyOf, type Rule, type Variable } from "./tree.js";

/** Names in printed code, and the functions that results share. */
interface Printer extends Namer {
  readonly results: SharedResults;
}

/** A code block: its lines, and the constants that they declare. */
interface Block {
  readonly lines: string[];
  readonly constants: Set<string>;
}

/** Prints rules as nested `if` statements that return an endpoint or throw. Returns indented lines. */
export function printRules(rules: readonly Rule[], names: Namer, results: SharedResults): string[] {
  const block = newBlock();
  const printer = {
    local: (variable: Variable) => names.local(variable),
    runtime: (symbol: string) => names.runtime(symbol),
    results,
  };
  printAll(rules, block, printer);
  return block.lines;
}

function newBlock(): Block {
  return { lines: [], constants: new Set() };
}

function printAll(rules: readonly Rule[], block: Block, namer: Printer): void {
  printEach(rules, block, namer);
  const last = rules.at(-1);
  if (last && alwaysMatches(last)) return;
  block.lines.push(`throw new ${namer.runtime("EndpointError")}("No endpoint rule fits these parameters");`);
}

/** Rules that begin with the same tests are printed in one `if` statement. If none of them matches, the next ones are tried. */
function printEach(rules: readonly Rule[], block: Block, namer: Printer): void {
  const groups: { readonly key: string; readonly rules: Rule[] }[] = [];
  for (const rule of rules) {
    const key = rule.conditions.length > 1 ? testKey(rule.conditions[0]) : undefined;
    const last = groups.at(-1);
    if (key !== undefined && last?.key === key) last.rules.push(rule);
    else groups.push({ key: key ?? "", rules: [rule] });
  }
  for (const { rules: group } of groups) {
    const [first, ...others] = group;
    const tests = first && others.length > 0 ? commonTests(first, others) : [];
    if (tests.length === 0) for (const rule of group) printRule(rule, block, namer);
    else {
      const rest = group.map((rule) => ({ ...rule, conditions: rule.conditions.slice(tests.length) }));
      printGuarded(tests, block, namer, (inner) => printEach(rest, inner, namer));
    }
  }
}

/** The tests that all rules begin with. */
function commonTests({ conditions }: Rule, others: readonly Rule[]): readonly Expression[] {
  const end = conditions.findIndex((condition, index) => {
    const key = testKey(condition);
    return key === undefined || others.some((other) => testKey(other.conditions[index]) !== key);
  });
  return conditions.slice(0, end === -1 ? undefined : end).map(({ value }) => value);
}

/** Undefined for a condition that assigns a variable. */
function testKey(condition: Condition | undefined): string | undefined {
  return !condition || condition.assign ? undefined : keyOf(condition.value);
}

function printRule(rule: Rule, block: Block, namer: Printer): void {
  if (rule.documentation) block.lines.push(...comment({ text: rule.documentation }).split("\n"));
  if (!clashes(rule, block, namer)) return printConditions(rule, 0, [], block, namer);
  const inner = newBlock();
  printConditions(rule, 0, [], inner, namer);
  block.lines.push("{", ...indented(inner.lines), "}");
}

/** Whether the block already has a constant that the rule would declare outside of an `if` statement. */
function clashes(rule: Rule, block: Block, namer: Namer): boolean {
  for (const { assign, value } of rule.conditions) {
    if (assign && block.constants.has(namer.local(assign))) return true;
    if (canFail(value)) return false;
  }
  return false;
}

/** Prints the conditions from `start` on, after the pending `tests`, and the guarded code. */
function printConditions(rule: Rule, start: number, tests: readonly Expression[], block: Block, namer: Printer): void {
  const all = [...tests];
  for (const [index, { value, assign }] of rule.conditions.entries()) {
    if (index < start) continue;
    if (!assign) {
      all.push(value);
      continue;
    }
    return printGuarded(all, block, namer, (inner) => {
      const name = namer.local(assign);
      inner.lines.push(`const ${name}${annotation(value)} = ${printExpression(value, namer)};`);
      inner.constants.add(name);
      const variable: Expression = { kind: "reference", variable: assign, type: value.type, optional: value.optional };
      printConditions(rule, index + 1, canFail(value) ? [variable] : [], inner, namer);
    });
  }
  printGuarded(all, block, namer, (inner) => printOutcome(rule, inner, namer));
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
      return printAll(rule.rules, block, namer);
    case "error":
      block.lines.push(`throw new ${namer.runtime("EndpointError")}(${printExpression(rule.message, namer)});`);
      return;
    case "shared": {
      const argv = rule.argv.map((argument) => printExpression(argument, namer));
      block.lines.push(`return ${rule.name}(${argv.join(", ")});`);
      return;
    }
    case "endpoint":
      block.lines.push(`return ${namer.results.callOf(rule, namer) ?? printEndpoint(rule, namer)};`);
  }
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
