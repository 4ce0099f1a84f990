import { isJsonObject, type Json } from "../source/json.js";
import { preludeType } from "../smithy/prelude.js";
import { knownTraits } from "./known-traits.js";
import type { PrintNames } from "./print-names.js";
import { printArguments } from "./print-values.js";

const documentation = "smithy.api#documentation";

/** What the printers of statements need to know of the model. */
export interface PrintContext {
  readonly names: PrintNames;
  readonly shapes: Json;
  readonly isVersion1: boolean;
  /** Structures that the statement of their operation contains, by ID. */
  readonly inline: ReadonlySet<string>;
}

/** The traits of a shape or member. */
export function traitsOf(owner: Json): Json {
  return isJsonObject(owner["traits"]) ? owner["traits"] : {};
}

/** Documentation as a comment, then the other traits in their order, one a line. */
export function printTraits(owner: Json, indent: string, context: PrintContext, without?: string): string {
  const traits = traitsOf(owner);
  const comment = printComment(traits[documentation], indent);
  const others = Object.entries(traits).filter(
    ([id]) => id !== without && !(id === documentation && comment !== undefined),
  );
  return (comment ?? "") + others.map((trait) => `${indent}${printTrait(trait, indent, context)}\n`).join("");
}

function printComment(text: unknown, indent: string): string | undefined {
  if (typeof text !== "string" || /[^\n\t\P{C}]/u.test(text)) return undefined;
  return text
    .split("\n")
    .map((line) => `${indent}///${line === "" ? "" : ` ${line}`}\n`)
    .join("");
}

export function printTrait(
  [id, value]: readonly [id: string, value: unknown],
  indent: string,
  { names, shapes }: PrintContext,
): string {
  const name = `@${names.of(id)}`;
  const definition = shapes[id];
  const type = isJsonObject(definition) ? definition["type"] : (preludeType(id) ?? knownTraits.get(id));
  const isEmpty = isJsonObject(value) && Object.keys(value).length === 0;
  // What is not known is read as an object as well.
  if (isEmpty && (type === undefined || type === "structure" || type === "map")) return name;
  return name + printArguments(value, indent, indent.length + name.length);
}
