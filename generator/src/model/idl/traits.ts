import type { Scanner } from "./scanner.js";
import { numberValue, readPair, readValue, type ValueContext } from "./values.js";

/** A trait as it is written, before its name is resolved. */
export interface TraitStatement {
  /** As it is written; an absolute id for a documentation comment and for what `=` assigns. */
  readonly name: string;
  readonly offset: number;
  /** Holds the `value`; without one, the type of the trait determines it. */
  readonly body: Record<string, unknown>;
  /** The text of a value that is a number. */
  readonly digits?: string | undefined;
}

/**
 * Reads the documentation comment and the traits before a shape or member. Comments between and behind traits document
 * nothing.
 *
 * @see https://smithy.io/2.0/spec/idl.html#documentation-comment
 */
export function readTraits(context: ValueContext): TraitStatement[] {
  const { scanner } = context;
  const traits: TraitStatement[] = [];
  scanner.skipWhitespace();
  const documentation = scanner.documentation();
  if (documentation) {
    const body = { value: documentation.lines.join("\n") };
    traits.push({ name: "smithy.api#documentation", offset: documentation.offset, body });
  }
  while (scanner.at("@")) {
    traits.push(readTrait(context));
    scanner.skipWhitespace();
    scanner.dropDocumentation();
  }
  return traits;
}

/** `@name`, and in parentheses its value, if it has one. */
export function readTrait(context: ValueContext): TraitStatement {
  const { scanner } = context;
  const { offset } = scanner;
  scanner.expect("@", "a trait, which begins with @");
  const name = scanner.shapeId("the name of a trait");
  if (!scanner.accept("(")) return { name, offset, body: {} };
  scanner.skipWhitespace();
  if (scanner.accept(")")) return { name, offset, body: {} };
  if (isAtKey(scanner)) {
    const value: Record<string, unknown> = {};
    for (; !scanner.accept(")"); scanner.skipWhitespace()) readPair(context, value);
    return { name, offset, body: { value } };
  }
  const trait = { name, offset, ...readAssigned(context) };
  scanner.skipWhitespace();
  scanner.expect(")", "the closing parenthesis of the trait");
  return trait;
}

/** A value, and its digits where it is a number. */
export function readAssigned(context: ValueContext): Pick<TraitStatement, "body" | "digits"> {
  const body: Record<string, unknown> = {};
  if (context.scanner.isAtNumber) {
    const token = context.scanner.number();
    return { body: { value: numberValue(token, context.isExact) }, digits: token.text };
  }
  readValue(context, body, "value");
  return { body };
}

/** Whether the value is written as the members of a structure, without braces. */
function isAtKey(scanner: Scanner): boolean {
  const { offset } = scanner;
  let isKey = false;
  if (scanner.at('"') && !scanner.at('"""')) {
    scanner.string();
    scanner.skipWhitespace();
    isKey = scanner.at(":");
  } else if (scanner.isAtIdentifier) {
    const name = scanner.shapeId();
    scanner.skipWhitespace();
    isKey = !/[.#$]/.test(name) && !scanner.at(")");
  }
  scanner.offset = offset;
  return isKey;
}
