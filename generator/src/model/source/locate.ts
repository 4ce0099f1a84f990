import { type Node, parseTree } from "jsonc-parser";
import type { Diagnostic } from "../../diagnostics.js";
import { isShapeId } from "./ids.js";
import { type Path, type Place, type Source, withoutMark } from "./source.js";

/** 1-based; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds lines and columns in one file. The syntax tree is made at the first question, so that a file without problems pays nothing. */
export class Locator {
  readonly #source: Source;
  #root: Node | undefined;
  #lineStarts: number[] | undefined;
  readonly #children = new Map<Node, ReadonlyMap<string | number, Node>>();

  constructor(source: Source) {
    this.#source = withoutMark(source);
  }

  /** Where a place, or the nearest thing around it that the file has, stands. */
  offsetOf(place: Place): number {
    return "offset" in place ? place.offset : this.#follow(place.path).offset;
  }

  /** Where the value at a path stands; undefined where there is none. A member stands where its name does. */
  find(path: Path): number | undefined {
    const { offset, length } = this.#follow(path);
    return length === path.length ? offset : undefined;
  }

  /** The text of the value at a path; undefined where there is none. */
  textAt(path: Path): string | undefined {
    const { node, length } = this.#follow(path);
    return node && length === path.length ? this.#source.text.slice(node.offset, node.offset + node.length) : undefined;
  }

  position(offset: number): Position {
    this.#lineStarts ??= lineStarts(this.#source.text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }

  #follow(path: Path): { node: Node | undefined; offset: number; length: number } {
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

/** Gives diagnostics of later phases, which know the shape only, their place in the model's file. */
export function placeDiagnostics(
  source: Source,
  diagnostics: readonly Diagnostic[],
  origins?: ReadonlyMap<string, Path>,
): Diagnostic[] {
  const locator = new Locator(source);
  return diagnostics.map((diagnostic) => {
    const { shapeId, line, file = source.file } = diagnostic;
    const [shape = "", member] = shapeId?.split("$") ?? [];
    if (!isShapeId(shape) || line !== undefined || file !== source.file) return diagnostic;
    const path = origins?.get(shape) ?? ["shapes", shape];
    const origin = origins?.get(shapeId ?? "");
    const offset =
      (origin && locator.find(origin)) ??
      (member === undefined
        ? undefined
        : (locator.find([...path, "members", member]) ?? locator.find([...path, member]))) ??
      locator.find(path);
    return offset === undefined ? diagnostic : { ...diagnostic, file, ...locator.position(offset) };
  });
}
