import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../../support/shared.js";

export interface Import {
  /** Path of the importing file in the repository. */
  readonly file: string;
  /** What it imports, as it names it. */
  readonly from: string;
}

/** Every module that the sources below a folder import, types and `import()` included. */
export function imports(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = join(root, folder, name);
      const text = readFileSync(file, "utf8");
      const found = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()"([^"]+)"/g);
      return [...found].map((match) => ({ file: relative(root, file).replaceAll("\\", "/"), from: match[1] ?? "" }));
    });
}

/** The imports between files of one folder, by the path of the importing file in it, without `.ts`. */
export function importsInside(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { file, from } of imports(folder)) {
    if (!from.startsWith(".")) continue;
    const source = file.slice(folder.length + 1).replace(/(\.d)?\.ts$/, "");
    const target = join(source, "..", from).replaceAll("\\", "/").replace(/\.js$/, "");
    graph.set(source, (graph.get(source) ?? new Set()).add(target));
  }
  return graph;
}

/** The groups of files that import each other, directly or through others. */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    open.push(file);
    let low = number;
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    lowest.set(file, low);
    if (low === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) found.push(circle.toSorted());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}
