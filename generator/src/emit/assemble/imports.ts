/** Where a name comes from. */
export interface Origin {
  /** Path of a module of this package, or a package's specifier. */
  readonly path: string;
  /** Exported name. `*` for a namespace import. */
  readonly name: string;
  readonly typeOnly: boolean;
  /** Types in its declaration that a caller's inferred types may name, by the names that this package has for them. */
  readonly shows?: readonly string[];
}

/**
 * Adds import and re-export declarations, in a fixed order, before the text of a module. They are written as text,
 * because inserting them into the syntax tree would parse the module again for each kind.
 */
export function withImports(
  text: string,
  path: string,
  imports: ReadonlyMap<string, Origin>,
  reexports: ReadonlyMap<string, Origin>,
): string {
  const blocks = [
    bySource(path, imports).map((declaration) => written("import", declaration)),
    bySource(path, reexports).map((declaration) => written("export", declaration)),
  ];
  const [own, rest] = splitImports(text);
  const [imported = "", exported = ""] = blocks.map((lines) => lines.join("\n"));
  return [own + imported, exported, rest].filter((block) => block !== "").join("\n\n");
}

/** The import declarations that a text begins with, and what follows. */
function splitImports(text: string): readonly [imports: string, rest: string] {
  const [own = ""] = /^(?:import [^;]*;\n)*/.exec(text) ?? [];
  return [own, text.slice(own.length)];
}

function written(keyword: "import" | "export", { moduleSpecifier, isTypeOnly, names }: Declaration): string {
  const [all] = names;
  if (all?.name === "*") return `${keyword} type * as ${all.alias} from ${JSON.stringify(moduleSpecifier)};`;
  const list = names.map(
    ({ name, alias, isTypeOnly: isType }) =>
      `${isType ? "type " : ""}${name}${alias === undefined ? "" : ` as ${alias}`}`,
  );
  return `${keyword}${isTypeOnly ? " type" : ""} { ${list.join(", ")} } from ${JSON.stringify(moduleSpecifier)};`;
}

interface Declaration {
  readonly moduleSpecifier: string;
  readonly isTypeOnly: boolean;
  readonly names: { readonly name: string; readonly alias?: string; readonly isTypeOnly: boolean }[];
}

/** One declaration for each source. Packages come first. Sources and names are sorted. */
function bySource(path: string, names: ReadonlyMap<string, Origin>): Declaration[] {
  const sources = new Map<string, [string, Origin][]>();
  for (const [name, origin] of [...names].toSorted(([left], [right]) => order(left, right))) {
    const source = specifier(path, origin.path);
    sources.set(source, [...(sources.get(source) ?? []), [name, origin]]);
  }
  return [...sources]
    .toSorted(([left], [right]) => Number(left.startsWith(".")) - Number(right.startsWith(".")) || order(left, right))
    .map(([moduleSpecifier, entries]) => {
      const isTypeOnly = entries.every(([, origin]) => origin.typeOnly);
      return {
        moduleSpecifier,
        isTypeOnly,
        names: entries.map(([name, origin]) => ({
          name: origin.name,
          ...(origin.name !== name && { alias: name }),
          isTypeOnly: origin.typeOnly && !isTypeOnly,
        })),
      };
    });
}

/** Module specifier: `src/operations/a.ts` imports `src/errors.ts` as `../errors.js`. */
function specifier(from: string, to: string): string {
  if (!to.endsWith(".ts")) return to;
  const source = from.split("/").slice(0, -1);
  const target = to.replace(/\.ts$/, ".js").split("/");
  let common = 0;
  while (common < source.length && source[common] === target[common]) common++;
  const up = source.length - common;
  return `${up === 0 ? "./" : "../".repeat(up)}${target.slice(common).join("/")}`;
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
