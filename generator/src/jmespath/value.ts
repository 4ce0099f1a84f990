import { memberKey, stringLiteral } from "../text/literal.js";
import type { Type, Typed } from "./types.js";

/** A TypeScript expression and what is known of its value. What is null to JMESPath is undefined in it, or null. */
export interface Value extends Typed {
  readonly text: string;
  /** Whether it must stand in parentheses before a dot or an operator. */
  readonly loose?: true;
  /** Whether it is missing only where what it is a call of is: the chain has a `?.` already. */
  readonly chained?: true;
  /** Of a list whose nulls `text` takes out: the expression without that. */
  readonly withNulls?: Value;
  /** Of a literal. */
  readonly literal?: { readonly value: unknown };
  /** Of the beginning, where it is no one object: what its names stand for. */
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

/** A function that gives the value of an expression. Its parameter is left out where the expression does not name it. */
export function arrow(parameter: string, { text }: Pick<Value, "text">): string {
  const isNamed = mentions(text, parameter);
  return `(${isNamed ? parameter : ""}) => ${text.startsWith("{") ? `(${text})` : text}`;
}

/** Whether an expression names a parameter, outside its strings. */
export function mentions(text: string, parameter: string): boolean {
  const code = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return new RegExp(`(?<![\\w$.])${parameter}(?![\\w$])`).test(code);
}

/** Whether an expression may be written twice: a name and few members of it. */
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
