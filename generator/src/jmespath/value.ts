import { memberKey, stringLiteral } from "../text/literal.js";
import type { Type, Typed } from "./types.js";

/** A TypeScript expression and the type of its value. JMESPath's null is undefined or null. */
export interface Value extends Typed {
  readonly text: string;
  /** Whether it needs parentheses before a dot or an operator. */
  readonly loose?: true;
  /** Whether it is only missing if its receiver is missing: the chain already has a `?.`. */
  readonly chained?: true;
  /** For a list from which `text` removes nulls: the expression before that. */
  readonly withNulls?: Value;
  /** The value of a literal. */
  readonly literal?: { readonly value: unknown };
  /** For a root that is not a single object: the values of its members. */
  readonly parts?: ReadonlyMap<string, Value>;
}

export function value(text: string, type: Type, nullable = false): Value {
  return { text, type, nullable };
}

/** An expression with operators. */
export function loose(text: string, type: Type, nullable = false): Value {
  return { text, type, nullable, loose: true };
}

export function tight(of: Pick<Value, "text" | "loose">): string {
  return of.loose ? `(${of.text})` : of.text;
}

/** A function that returns the value of an expression. Its parameter is omitted if the expression does not use it. */
export function arrow(parameter: string, { text }: Pick<Value, "text">): string {
  const isNamed = mentions(text, parameter);
  return `(${isNamed ? parameter : ""}) => ${text.startsWith("{") ? `(${text})` : text}`;
}

/** Whether an expression uses a parameter, outside of its strings. */
export function mentions(text: string, parameter: string): boolean {
  const code = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  // A member of that name follows a dot; a spread value follows three.
  return new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${parameter}(?![\\w$])`).test(code);
}

/** Whether an expression is short enough to be repeated: a name with few members. */
export function isReference({ text }: Value): boolean {
  return text.length <= 80 && /^[A-Za-z]\w*(\??\.\w+)*$/.test(text);
}

/** `value?.Name`. */
export function access(of: Value, name: string): string {
  const isName = memberKey(name) === name;
  const dot = mayEnd(of) ? "?." : isName ? "." : "";
  return `${tight(of)}${dot}${isName ? name : `[${stringLiteral(name)}]`}`;
}

/** `value?.method(…)`. */
export function call(of: Value, method: string, parameters: string, type: Type = of.type): Value {
  const text = `${tight(of)}${mayEnd(of) ? "?." : "."}${method}(${parameters})`;
  return { text, type, nullable: of.nullable, chained: true };
}

/** Whether a chain needs `?.` here. */
export function mayEnd({ nullable, chained }: Value): boolean {
  return nullable && !chained;
}
