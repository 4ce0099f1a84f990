import { Code, literal } from "../text/literal.js";
import { functions } from "./functions.js";
import { templateText } from "./template.js";
import type { Attribute, Call, Expression, Property, Variable } from "./tree.js";

/** Names in printed code. */
export interface Namer {
  /** A local variable. */
  local(variable: Variable): string;
  /** A runtime symbol, which is then imported. */
  runtime(symbol: string): string;
}

/** Precedence of the outermost operator of an expression. A lower one than that of its context needs parentheses. */
const binding = { choice: 0, equality: 1, unary: 2, value: 3 } as const;

interface Printed {
  readonly text: string;
  readonly binding: number;
}

/** An expression for the position after `=`, `return` or a comma. */
export function printExpression(expression: Expression, namer: Namer): string {
  return print(expression, namer).text;
}

/** A boolean expression as an operand of `&&`. */
export function printTest(expression: Expression, namer: Namer): string {
  return wrapped(print(expression, namer), binding.equality);
}

/** A test whether a value is set. */
export function printIsSet(value: Expression, namer: Namer): string {
  return `${wrapped(print(value, namer), binding.unary)} !== undefined`;
}

/** The value of an endpoint property, which may be an object or array. */
export function printProperty(property: Property, namer: Namer): string {
  return literal(propertyValue(property, namer));
}

function propertyValue(property: Property, namer: Namer): unknown {
  if (property.kind === "list") return property.items.map((item) => propertyValue(item, namer));
  if (property.kind !== "map") return new Code(printExpression(property, namer));
  const entries = property.entries.map(([name, value]) => [name, propertyValue(value, namer)] as const);
  return Object.fromEntries(entries);
}

function print(expression: Expression, namer: Namer): Printed {
  switch (expression.kind) {
    case "literal":
      return { text: literal(expression.value), binding: binding.value };
    case "reference":
      return { text: namer.local(expression.variable), binding: binding.value };
    case "template": {
      const parts = expression.parts.map((part) =>
        typeof part === "string" ? templateText(part) : `\${${printExpression(part, namer)}}`,
      );
      return { text: `\`${parts.join("")}\``, binding: binding.value };
    }
    case "attribute":
      return { text: printAttribute(expression, namer), binding: binding.value };
    case "call":
      return printCall(expression, namer);
  }
}

function printAttribute({ of, path }: Attribute, namer: Namer): string {
  const start = wrapped(print(of, namer), binding.value);
  return path.reduce<string>((text, step, index) => {
    // Only the value itself may be unset. Nothing is read after an index.
    const chain = index === 0 && of.optional;
    if (typeof step === "string") return `${text}${chain ? "?." : "."}${step}`;
    if (step < 0) return `${text}${chain ? "?." : "."}at(${step})`;
    return `${text}${chain ? "?." : ""}[${step}]`;
  }, start);
}

function printCall(call: Call, namer: Namer): Printed {
  const [only] = call.argv;
  if (call.fn === "not" && only) return printNot(only, namer);
  const argv = call.argv.map((argument) => printArgument(call.fn, argument, namer));
  const [first, second, third] = argv;
  if (call.fn === "isSet" && first) return equality(first, "!==", unset);
  if ((call.fn === "stringEquals" || call.fn === "booleanEquals") && first && second) {
    return equality(first, "===", second);
  }
  if (call.fn === "or") {
    return { text: argv.map((each) => wrapped(each, binding.equality)).join(" || "), binding: binding.choice };
  }
  if (call.fn === "coalesce") {
    return { text: argv.map((each) => wrapped(each, binding.equality)).join(" ?? "), binding: binding.choice };
  }
  if (call.fn === "ite" && first && second && third) {
    const [condition, whenTrue, whenFalse] = [first, second, third].map((each) => wrapped(each, binding.equality));
    return { text: `${condition} ? ${whenTrue} : ${whenFalse}`, binding: binding.choice };
  }
  const symbol = functions.get(call.fn)?.symbol;
  if (!symbol) throw new Error(`${call.fn} has no form in TypeScript`);
  const text = `${namer.runtime(symbol)}(${argv.map((each) => each.text).join(", ")})`;
  return { text, binding: binding.value };
}

/** A choice of string literals is compared as a template: TypeScript rejects comparing it with any other literal. */
function printArgument(fn: string, argument: Expression, namer: Namer): Printed {
  const printed = print(argument, namer);
  if (fn !== "stringEquals" || printed.binding !== binding.choice) return printed;
  return { text: `\`\${${printed.text}}\``, binding: binding.value };
}

function printNot(inner: Expression, namer: Namer): Printed {
  if (inner.kind === "call" && negatable.has(inner.fn)) {
    const [left, right = unset] = inner.argv.map((argument) => printArgument(inner.fn, argument, namer));
    if (left) return equality(left, inner.fn === "isSet" ? "===" : "!==", right);
  }
  return { text: `!${wrapped(print(inner, namer), binding.unary)}`, binding: binding.unary };
}

const unset: Printed = { text: "undefined", binding: binding.value };
const negatable: ReadonlySet<string> = new Set(["isSet", "stringEquals", "booleanEquals"]);

function equality(left: Printed, operator: "===" | "!==", right: Printed): Printed {
  const text = `${wrapped(left, binding.unary)} ${operator} ${wrapped(right, binding.unary)}`;
  return { text, binding: binding.equality };
}

function wrapped({ text, binding: own }: Printed, least: number): string {
  return own < least ? `(${text})` : text;
}
