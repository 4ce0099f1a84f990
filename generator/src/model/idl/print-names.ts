import type { Json } from "../source/json.js";
import { prelude } from "../smithy/prelude.js";
import { preludeTraits } from "../smithy/prelude-traits.js";

const smithy = "smithy.api";

/** The shortest names of shapes in the file of one namespace, and the `use` statements that they need. */
export class PrintNames {
  readonly #namespace: string;
  readonly #shapes: Json;
  readonly #uses = new Map<string, string>();

  constructor(namespace: string, shapes: Json) {
    this.#namespace = namespace;
    this.#shapes = shapes;
  }

  /** Of a shape or, behind it, a member. */
  of(id: string): string {
    const [shape = "", member] = id.split("$");
    const name = this.#shape(shape);
    return member === undefined ? name : `${name}$${member}`;
  }

  get uses(): readonly string[] {
    return [...this.#uses.values()].toSorted();
  }

  #shape(id: string): string {
    const [namespace, name = ""] = id.split("#");
    const isDeclared = Object.hasOwn(this.#shapes, `${this.#namespace}#${name}`);
    const isPrelude = prelude.has(`${smithy}#${name}`) || preludeTraits.has(name);
    if (namespace === this.#namespace) return isDeclared ? name : id;
    if (isDeclared || isPrelude) return namespace === smithy && !isDeclared ? name : id;
    if (namespace === smithy || (this.#uses.get(name) ?? id) !== id) return id;
    this.#uses.set(name, id);
    return name;
  }
}
