import { nearest } from "../text/nearest.js";
import { functions, recordFields } from "./functions.js";
import type { Report, Scope } from "./scope.js";
import { parsePath, parseTemplate } from "./template.js";
import type { Attribute, Call, Expression, Typed, ValueType } from "./tree.js";

/** Max nesting of expressions. Real rule sets are far below it, and no compiler overflows at it. */
export const maxDepth = 100;

/** Reads an expression of the model. Returns undefined and reports the problem if it is invalid. */
export function checkExpression(
  value: unknown,
  scope: Scope,
  where: string,
  report: Report,
  depth = 0,
): Expression | undefined {
  if (typeof value === "string") return checkTemplate(value, scope, where, report);
  if (typeof value === "boolean") return { kind: "literal", value, type: "boolean", optional: false };
  if (typeof value === "number" && Number.isSafeInteger(value)) {
    return { kind: "literal", value, type: "integer", optional: false };
  }
  if (isObject(value) && typeof value["ref"] === "string") return checkReference(value["ref"], scope, where, report);
  if (isObject(value) && typeof value["fn"] === "string") return checkCall(value, scope, where, report, depth);
  report(where, "must be a string, a boolean, an integer, a reference or a function");
  return undefined;
}

/** Reads an expression that must be a string that is always set: a URL, a message, a header. */
export function checkString(value: unknown, scope: Scope, where: string, report: Report): Expression | undefined {
  const expression = checkExpression(value, scope, where, report);
  return expression && hasType(expression, "string", where, report) ? expression : undefined;
}

/** Reads a template string of the model. */
export function checkTemplate(text: string, scope: Scope, where: string, report: Report): Expression | undefined {
  const parts = parseTemplate(text);
  if (!parts) {
    report(where, "has unbalanced braces (write a literal brace twice)");
    return undefined;
  }
  const checked = parts.map((part) => {
    if (typeof part === "string") return part;
    const reference = checkReference(part.name, scope, where, report);
    const value =
      reference && part.path !== undefined ? checkAttribute(reference, part.path, where, report) : reference;
    return value && hasType(value, "string", where, report) ? value : undefined;
  });
  if (checked.includes(undefined)) return undefined;
  const known = checked.filter((part) => part !== undefined);
  const [only = "", ...others] = known;
  if (others.length > 0) return { kind: "template", parts: known, type: "string", optional: false };
  return typeof only === "string" ? { kind: "literal", value: only, type: "string", optional: false } : only;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkReference(name: string, scope: Scope, where: string, report: Report): Expression | undefined {
  const entry = scope.get(name);
  if (!entry) {
    if (scope.isBroken(name)) return undefined;
    const near = nearest(name, scope.names);
    const known = near === undefined ? `known here: ${scope.names.join(", ") || "nothing"}` : `did you mean ${near}?`;
    report(where, `refers to ${JSON.stringify(name)}, which is not a parameter and was not assigned; ${known}`);
    return undefined;
  }
  return { kind: "reference", variable: entry.variable, type: entry.type, optional: entry.optional };
}

function checkAttribute(of: Expression, text: string, where: string, report: Report): Attribute | undefined {
  const path = parsePath(text);
  if (!path) {
    report(where, `has the path ${JSON.stringify(text)}, which is not of the form key.key[0]`);
    return undefined;
  }
  let { type, optional } = of as Typed;
  for (const step of path) {
    const next = typeof step === "number" ? elementOf(type) : fieldOf(type, step);
    if (!next) {
      report(where, `reads ${JSON.stringify(step)} of ${described({ type, optional: false })}, which it does not have`);
      return undefined;
    }
    type = next;
    optional ||= typeof step === "number";
  }
  return { kind: "attribute", of, path, type, optional };
}

function elementOf(type: ValueType): ValueType | undefined {
  return type === "stringArray" ? "string" : undefined;
}

function fieldOf(type: ValueType, name: string): ValueType | undefined {
  return type === "Partition" || type === "Arn" || type === "Url" ? recordFields[type].get(name) : undefined;
}

function checkCall(
  value: Readonly<Record<string, unknown>>,
  scope: Scope,
  where: string,
  report: Report,
  depth: number,
): Expression | undefined {
  const fn = String(value["fn"]);
  const given = value["argv"];
  if (!Array.isArray(given)) {
    report(where, `calls ${JSON.stringify(fn)} without a list argv`);
    return undefined;
  }
  if (depth > maxDepth) {
    report(where, `nests functions more than ${maxDepth} deep`);
    return undefined;
  }
  const check = (index: number): Expression | undefined =>
    checkExpression(given[index], scope, `${where}.argv[${index}]`, report, depth + 1);
  if (fn === "getAttr") {
    const of = check(0);
    if (given.length === 2 && typeof given[1] === "string") return of && checkAttribute(of, given[1], where, report);
    report(where, "calls getAttr with something other than a value and a path");
    return undefined;
  }
  const argv = given.map((_, index) => check(index));
  if (argv.includes(undefined)) return undefined;
  const known = argv.filter((argument) => argument !== undefined);
  const result = resultOf(fn, known, where, report);
  return result && { kind: "call", fn, argv: known, ...result };
}

/** The type of a call. Undefined if its arguments are invalid, which is reported. */
function resultOf(fn: string, argv: readonly Expression[], where: string, report: Report): Typed | undefined {
  if (fn === "isSet") return isSetResult(argv, where, report);
  if (fn === "coalesce") return coalesceResult(argv, where, report);
  if (fn === "ite") return iteResult(argv, where, report);
  const signature = functions.get(fn);
  if (!signature) {
    report(where, `calls ${JSON.stringify(fn)}, which is not a function of the rules engine`);
    return undefined;
  }
  if (argv.length !== signature.argv.length) {
    report(where, `calls ${fn} with ${argv.length} arguments; it takes ${signature.argv.length}`);
    return undefined;
  }
  const fit = argv.map((argument, index) =>
    hasType(argument, signature.argv[index] ?? "string", `${where}.argv[${index}]`, report),
  );
  return fit.includes(false) || !staticArgumentsFit(fn, argv, where, report) ? undefined : signature.result;
}

/** Checks of arguments that types cannot express. */
function staticArgumentsFit(fn: string, argv: readonly Expression[], where: string, report: Report): boolean {
  const numbers = argv.filter((argument) => argument.kind === "literal" && typeof argument.value === "number");
  if (numbers.some((argument) => argument.kind === "literal" && Number(argument.value) < 0)) {
    report(where, `calls ${fn} with a negative number`);
    return false;
  }
  const delimiter = argv[1];
  if (fn === "split" && delimiter?.kind === "literal" && delimiter.value === "") {
    report(where, "calls split with an empty delimiter");
    return false;
  }
  return true;
}

function isSetResult(argv: readonly Expression[], where: string, report: Report): Typed | undefined {
  if (argv.length === 1) return { type: "boolean", optional: false };
  report(where, `calls isSet with ${argv.length} arguments; it takes 1`);
  return undefined;
}

function coalesceResult(argv: readonly Expression[], where: string, report: Report): Typed | undefined {
  const [first] = argv;
  if (first && argv.length >= 2 && argv.every(({ type }) => type === first.type)) {
    return { type: first.type, optional: argv.every(({ optional }) => optional) };
  }
  report(where, "must call coalesce with two or more values of one type");
  return undefined;
}

function iteResult(argv: readonly Expression[], where: string, report: Report): Typed | undefined {
  const [condition, whenTrue, whenFalse] = argv;
  if (argv.length === 3 && condition && whenTrue && whenFalse && whenTrue.type === whenFalse.type) {
    if (!hasType(condition, "boolean", `${where}.argv[0]`, report)) return undefined;
    return { type: whenTrue.type, optional: whenTrue.optional || whenFalse.optional };
  }
  report(where, "must call ite with a condition and two values of one type");
  return undefined;
}

function hasType(expression: Expression, type: ValueType, where: string, report: Report): boolean {
  if (expression.type === type && !expression.optional) return true;
  const hint = expression.type === type ? "; a condition has to check it with isSet, or assign it, before" : "";
  report(where, `must be ${described({ type, optional: false })}, not ${described(expression)}${hint}`);
  return false;
}

function described({ type, optional }: Typed): string {
  const article = /^[AEIOU]/i.test(type) && type !== "Url" ? "an" : "a";
  return optional ? `${article} ${type} that may be unset` : `${article} ${type}`;
}

/** Whether an expression is a call of the function. */
export function isCall(expression: Expression | undefined, fn: string): expression is Call {
  return expression?.kind === "call" && expression.fn === fn;
}
