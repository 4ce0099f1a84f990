import { isJsonObject, type Json } from "../source/json.js";
import { simpleTypes } from "../smithy/read-shapes.js";
import { braced, printMembers, printMixins, targetsOf } from "./print-members.js";
import { type PrintContext, printTrait, printTraits, traitsOf } from "./print-traits.js";
import { deeper, printKey, printValue, width } from "./print-values.js";

const indent = deeper("");
const inner = deeper(indent);

/** The statement of a shape, or of an `apply`. */
export function printShape(id: string, shape: Json, context: PrintContext): string {
  const type = String(shape["type"]);
  if (type === "apply") return printApply(id, shape, context);
  const head = `${printTraits(shape, "", context)}${type} ${context.names.of(id)}${printMixins(shape, context)}`;
  if (simpleTypes.includes(type)) return `${head}\n`;
  const hasProperties = ["service", "resource", "operation"].includes(type);
  const body = hasProperties ? printProperties(shape, context) : printMembers(shape, indent, context);
  return `${head} ${braced(body, "")}\n`;
}

/** Properties in the order of the JSON. */
function printProperties(shape: Json, context: PrintContext): string {
  return Object.entries(shape)
    .filter(([property]) => !["type", "traits", "mixins"].includes(property))
    .map(([property, value]) => `${indent}${property}${printProperty(property, value, context)}\n`)
    .join("");
}

function printProperty(property: string, value: unknown, context: PrintContext): string {
  const { names, inline, shapes } = context;
  if (Array.isArray(value)) {
    const targets = targetsOf(value).map((target) => names.of(target));
    const line = `: [${targets.join(", ")}]`;
    if (targets.length <= 3 && indent.length + property.length + line.length <= width) return line;
    return `: [\n${targets.map((name) => `${inner}${name}\n`).join("")}${indent}]`;
  }
  // New names by shape are the only object without targets.
  if (!isJsonObject(value) || property === "rename") {
    return `: ${printValue(value, indent, indent.length + property.length + 2)}`;
  }
  const { target } = value;
  if (typeof target === "string") {
    const structure = inline.has(target) ? shapes[target] : undefined;
    return isJsonObject(structure) ? printInline(property, structure, context) : `: ${names.of(target)}`;
  }
  const lines = Object.entries(value).flatMap(([key, each]) =>
    isJsonObject(each) ? `${inner}${printKey(key)}: ${names.of(String(each["target"]))}\n` : [],
  );
  return `: ${braced(lines.join(""), indent)}`;
}

/** `:=` and the structure; on lines of their own behind its traits, if it has any. */
function printInline(side: string, structure: Json, context: PrintContext): string {
  const traits = printTraits(structure, inner, context, `smithy.api#${side}`);
  const mixins = printMixins(structure, context);
  if (traits === "") return ` :=${mixins} ${braced(printMembers(structure, inner, context), indent)}`;
  const body = braced(printMembers(structure, deeper(inner), context), inner);
  return ` :=\n${traits}${inner}${mixins === "" ? "" : `${mixins.trimStart()} `}${body}`;
}

function printApply(id: string, shape: Json, context: PrintContext): string {
  const target = context.names.of(id);
  const traits = Object.entries(traitsOf(shape));
  const [only, ...others] = traits;
  if (only && others.length === 0) return `apply ${target} ${printTrait(only, "", context)}\n`;
  // Documentation comments document nothing here.
  const lines = traits.map((trait) => `${indent}${printTrait(trait, indent, context)}\n`);
  return `apply ${target} ${braced(lines.join(""), "")}\n`;
}
