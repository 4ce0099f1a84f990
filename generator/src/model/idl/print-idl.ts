import { isJsonObject, type Json } from "../source/json.js";
import { PrintNames } from "./print-names.js";
import { findInline, type Inline, standardSuffixes } from "./print-inline.js";
import { printShape } from "./print-shapes.js";
import type { PrintContext } from "./print-traits.js";
import { printKey, printValue } from "./print-values.js";
import type { Ast } from "./ast.js";

/** What comes first in a file; all else keeps the model's order. */
const first: readonly unknown[] = ["service", "resource", "operation"];

/** A model as formatted IDL, a text a namespace. Metadata comes with the first; without shapes, it has none. */
export function printIdl({ smithy, metadata, shapes }: Ast): ReadonlyMap<string, string> {
  const isVersion1 = smithy.startsWith("1");
  const namespaces = new Set(Object.keys(shapes).map((id) => id.slice(0, id.indexOf("#"))));
  const version = `$version: "${isVersion1 ? "1.0" : "2.0"}"\n`;
  const texts = new Map<string, string>();
  for (const namespace of namespaces) {
    const names = new PrintNames(namespace, shapes);
    const { ids, suffixes } = isVersion1
      ? { ids: new Set<string>(), suffixes: standardSuffixes }
      : findInline(namespace, shapes);
    const body = statementsOf(namespace, shapes, { names, shapes, isVersion1, inline: ids });
    const parts = [
      version + printSuffixes(suffixes),
      texts.size === 0 ? printMetadata(metadata) : "",
      `namespace ${namespace}\n`,
      names.uses.map((id) => `use ${id}\n`).join(""),
      ...body,
    ];
    texts.set(namespace, parts.filter((part) => part !== "").join("\n"));
  }
  if (texts.size === 0) texts.set("", `${version}\n${printMetadata(metadata)}`);
  return texts;
}

function statementsOf(namespace: string, shapes: Json, context: PrintContext): string[] {
  const own = Object.entries(shapes).filter(([id]) => id.startsWith(`${namespace}#`));
  const rank = ([, shape]: readonly [string, unknown]): number => {
    const index = isJsonObject(shape) ? first.indexOf(shape["type"]) : -1;
    return index < 0 ? first.length : index;
  };
  return own
    .toSorted((left, right) => rank(left) - rank(right))
    .flatMap(([id, shape]) => (isJsonObject(shape) && !context.inline.has(id) ? printShape(id, shape, context) : []));
}

function printSuffixes({ input, output }: Inline["suffixes"]): string {
  return [
    input === standardSuffixes.input ? "" : `$operationInputSuffix: ${JSON.stringify(input)}\n`,
    output === standardSuffixes.output ? "" : `$operationOutputSuffix: ${JSON.stringify(output)}\n`,
  ].join("");
}

function printMetadata(metadata: Json): string {
  return Object.entries(metadata)
    .map(([key, value]) => {
      const start = `metadata ${printKey(key)} = `;
      return `${start}${printValue(value, "", start.length)}\n`;
    })
    .join("");
}
