import { isJsonObject, type Json } from "../source/json.js";
import { fixedMembers } from "./members.js";
import { type PrintContext, printTraits, traitsOf } from "./print-traits.js";
import { printValue } from "./print-values.js";

interface Line {
  readonly text: string;
  /** The trait that the line expresses. */
  readonly without?: string;
}

/** Members, one a line behind their traits; those with traits are set apart. */
export function printMembers(shape: Json, indent: string, context: PrintContext): string {
  let text = "";
  let wasApart = false;
  for (const [name, member] of membersOf(shape)) {
    if (!isJsonObject(member)) continue;
    const line = printLine(name, member, shape, indent, context);
    const traits = printTraits(member, indent, context, line.without);
    if (text !== "" && (wasApart || traits !== "")) text += "\n";
    text += `${traits}${indent}${line.text}\n`;
    wasApart = traits !== "";
  }
  return text;
}

function membersOf(shape: Json): readonly (readonly [name: string, member: unknown])[] {
  const names = fixedMembers.get(String(shape["type"]));
  if (names) return names.map((name) => [name, shape[name]]);
  return isJsonObject(shape["members"]) ? Object.entries(shape["members"]) : [];
}

/** A member with the value that `=` can assign: the default in structures, the value in enums. */
function printLine(name: string, member: Json, shape: Json, indent: string, context: PrintContext): Line {
  const isEnum = shape["type"] === "enum" || shape["type"] === "intEnum";
  const without = isEnum ? "smithy.api#enumValue" : "smithy.api#default";
  const start = isEnum ? name : `${name}: ${context.names.of(String(member["target"]))}`;
  const traits = traitsOf(member);
  const value = traits[without];
  const canAssign = isEnum || (["structure", "union"].includes(String(shape["type"])) && !context.isVersion1);
  if (!canAssign || !Object.hasOwn(traits, without)) return { text: start };
  // Without mixins, a member of an enum has its name for a value.
  if (isEnum && value === name && shape["mixins"] === undefined) return { text: start, without };
  return { text: `${start} = ${printValue(value, indent, indent.length + start.length + 3)}`, without };
}

/** The contents of braces, which are indented by `indent`. */
export function braced(lines: string, indent: string): string {
  return lines === "" ? "{}" : `{\n${lines}${indent}}`;
}

/** Mixins, with a blank before them. */
export function printMixins({ mixins }: Json, { names }: PrintContext): string {
  const targets = targetsOf(mixins).map((target) => names.of(target));
  return targets.length === 0 ? "" : ` with [${targets.join(", ")}]`;
}

export function targetsOf(value: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => (isJsonObject(item) && typeof item["target"] === "string" ? item["target"] : []));
}
