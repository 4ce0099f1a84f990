import { type Node, parseTree } from "jsonc-parser";
import type { Diagnostic } from "../../diagnostics.js";
import { isShapeId } from "./ids.js";
import type { Path, SourceLocation, Source } from "./source.js";

/** Line and column, 1-based. Columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Locations in a file, by JSON path. */
export interface Tree {
  /** Offset of the value at a path, or of the nearest enclosing one that exists, and the length of the path to it. */
  follow(path: Path): { readonly offset: number; readonly length: number };
  /** Text of the value at a path. Undefined if there is none. */
  textAt(path: Path): string | undefined;
}

/** Finds lines and columns in one file. */
export class Locator {
  readonly source: Source;
  readonly #tree: Tree;
  #lineStarts: number[] | undefined;

  constructor(source: Source, tree: Tree = new JsonTree(source)) {
    this.source = source;
    this.#tree = tree;
  }

  offsetOf(location: SourceLocation): number {
    return "offset" in location ? location.offset : this.#tree.follow(location.path).offset;
  }

  /** Offset of the value at a path. For an object member it is the offset of its name. Undefined if there is none. */
  find(path: Path): number | undefined {
    const { offset, length } = this.#tree.follow(path);
    return length === path.length ? offset : undefined;
  }

  textAt(path: Path): string | undefined {
    return this.#tree.textAt(path);
  }

  position(offset: number): Position {
    this.#lineStarts ??= lineStarts(this.source.text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

/** The syntax tree of a JSON file. It is parsed lazily, so a file without problems costs nothing. */
class JsonTree implements Tree {
  readonly #source: Source;
  #root: Node | undefined;
  readonly #children = new Map<Node, ReadonlyMap<string | number, Node>>();

  constructor(source: Source) {
    this.#source = source;
  }

  textAt(path: Path): string | undefined {
    const { node, length } = this.follow(path);
    return node && length === path.length ? this.#source.text.slice(node.offset, node.offset + node.length) : undefined;
  }

  follow(path: Path): { node: Node | undefined; offset: number; length: number } {
    this.#root ??= parseTree(this.#source.text);
    let node = this.#root;
    let length = 0;
    for (const key of path) {
      const child = node && this.#childrenOf(node).get(key);
      if (!child) break;
      node = child;
      length++;
    }
    return { node, offset: (node?.parent?.type === "property" ? node.parent : node)?.offset ?? 0, length };
  }

  #childrenOf(node: Node): ReadonlyMap<string | number, Node> {
    const known = this.#children.get(node);
    if (known) return known;
    const children = new Map<string | number, Node>();
    for (const [index, child] of (node.children ?? []).entries()) {
      if (node.type === "array") children.set(index, child);
      const [key, value] = child.children ?? [];
      if (node.type === "object" && key && value) children.set(String(key.value), value);
    }
    this.#children.set(node, children);
    return children;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/**
 * Adds line and column to diagnostics of later phases, which only know the shape. `origins` has the paths of shapes in
 * a file that is not a Smithy model.
 */
export function locateDiagnostics(
  locators: readonly Locator[],
  diagnostics: readonly Diagnostic[],
  origins: ReadonlyMap<string, Path> = new Map(),
): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { shapeId, line, file } = diagnostic;
    const [shape = "", member] = shapeId?.split("$") ?? [];
    if (!isShapeId(shape) || line !== undefined) return diagnostic;
    if (file !== undefined && !locators.some(({ source }) => source.file === file)) return diagnostic;
    const path = origins.get(shape) ?? ["shapes", shape];
    const origin = origins.get(shapeId ?? "");
    const paths = [
      ...(origin ? [origin] : []),
      ...(member === undefined
        ? []
        : [
            [...path, "members", member],
            [...path, member],
          ]),
      path,
    ];
    for (const each of paths) {
      for (const locator of locators) {
        const offset = locator.find(each);
        if (offset !== undefined) return { ...diagnostic, file: locator.source.file, ...locator.position(offset) };
      }
    }
    return diagnostic;
  });
}
