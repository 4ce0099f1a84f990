import { type Holder, type Locations, put } from "./locations.js";
import { type NumberToken, type Scanner, SyntaxProblem } from "./scanner.js";

/** A name within a value or property, to be replaced by the ID that it refers to once all shapes are known. */
export interface Reference {
  readonly holder: Holder;
  readonly key: string | number;
  /** As it is written. */
  readonly name: string;
  readonly offset: number;
  /** Whether it is a name without quotes within a value, so that there must be such a shape. */
  readonly isValue: boolean;
}

/** A number with more digits, or a greater exponent, than JavaScript's numbers have room for. */
export class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export interface ValueContext {
  readonly scanner: Scanner;
  readonly locations: Locations;
  readonly references: Reference[];
  /** Whether numbers that JavaScript has no room for are read as {@link Digits}. */
  readonly isExact: boolean;
}

/** Deeper than any model nests, and less than the stack has room for. */
const deepest = 500;
const aValue = "a value: a string, number, list, object, name, true, false or null";

/**
 * Reads a value in the notation of JSON, with names without quotes as keys and as ids of shapes, and sets it.
 *
 * @see https://smithy.io/2.0/spec/idl.html#node-values
 */
export function readValue(context: ValueContext, holder: Holder, key: string | number, depth = 0): void {
  const { scanner } = context;
  const { offset } = scanner;
  if (depth > deepest) throw new SyntaxProblem(`Values are nested more than ${deepest} levels deep.`, offset);
  context.locations.set(holder, key, offset);
  if (scanner.at("{")) put(holder, key, readObject(context, depth));
  else if (scanner.at("[")) put(holder, key, readList(context, depth));
  else if (scanner.at('"')) put(holder, key, scanner.string());
  else if (scanner.isAtNumber) put(holder, key, numberValue(scanner.number(), context.isExact));
  else if (scanner.isAtIdentifier) readWord(context, holder, key);
  else throw scanner.unexpected(aValue);
}

export function numberValue({ text, value }: NumberToken, isExact: boolean): unknown {
  return isExact && !fits(text, value) ? new Digits(text) : value;
}

const keywords: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function readWord({ scanner, references }: ValueContext, holder: Holder, key: string | number): void {
  const { offset } = scanner;
  const name = scanner.shapeId();
  put(holder, key, keywords.has(name) ? keywords.get(name) : name);
  if (!keywords.has(name)) references.push({ holder, key, name, offset, isValue: true });
}

function readList(context: ValueContext, depth: number): unknown[] {
  const { scanner } = context;
  const list: unknown[] = [];
  scanner.expect("[", "a [");
  for (scanner.skipWhitespace(); !scanner.accept("]"); scanner.skipWhitespace()) {
    readValue(context, list, list.length, depth + 1);
  }
  return list;
}

function readObject(context: ValueContext, depth: number): Record<string, unknown> {
  const { scanner } = context;
  const object: Record<string, unknown> = {};
  scanner.expect("{", "a {");
  for (scanner.skipWhitespace(); !scanner.accept("}"); scanner.skipWhitespace()) readPair(context, object, depth);
  return object;
}

/** A key in quotes or without, a colon and a value. */
export function readPair(context: ValueContext, object: Record<string, unknown>, depth = 0): void {
  const { scanner } = context;
  const { offset } = scanner;
  const key = readKey(scanner);
  if (Object.hasOwn(object, key)) {
    throw new SyntaxProblem(`Duplicate key ${JSON.stringify(key)}. Remove one of the two.`, offset);
  }
  scanner.skipWhitespace();
  scanner.expect(":", "a colon");
  scanner.skipWhitespace();
  readValue(context, object, key, depth + 1);
  context.locations.set(object, key, offset);
}

export function readKey(scanner: Scanner): string {
  if (scanner.at('"') && !scanner.at('"""')) return scanner.string();
  return scanner.identifier("a key, in quotes or of letters, digits and underscores");
}

/** Whether a JavaScript number represents the text exactly. */
function fits(text: string, value: number): boolean {
  const digits = significant(text);
  if (!Number.isFinite(value) || (value === 0 && digits !== "")) return false;
  return digits.length <= 15 || digits === significant(String(value));
}

/** The digits of a number without zeros at either end. */
function significant(text: string): string {
  const digits = text.replace(/[eE].*$/, "").replace(/[-.]/g, "");
  let start = 0;
  let end = digits.length;
  while (digits[start] === "0") start += 1;
  while (end > start && digits[end - 1] === "0") end -= 1;
  return digits.slice(start, end);
}
