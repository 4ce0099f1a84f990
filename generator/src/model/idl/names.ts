import { nearest } from "../../text/nearest.js";
import { isJsonObject } from "../source/json.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { prelude, preludeType } from "../smithy/prelude.js";
import { preludeTraits } from "../smithy/prelude-traits.js";
import { knownTraits } from "./known-traits.js";
import { type Holder, put } from "./locations.js";
import { Suggestions } from "../smithy/suggest.js";
import type { Path } from "../source/source.js";
import type { IdlFile, ShapeStatement } from "./syntax.js";

/** A file that is wrong throughout gets no more suggestions than anyone reads. */
const mostSuggestions = 100;
/** Namespaces of Smithy's own packages, whose shapes are not given with a model. */
const known = /^(?:smithy|aws)\./;

/** What names mean: by the `use` statements of their file, in their namespace, in the prelude. */
export class Names {
  /** Types of the shapes of all files, by id; undefined of those that could not be read. */
  readonly #types = new Map<string, string | undefined>();
  readonly #traits = new Set<string>();
  readonly #namespaces = new Set<string>();
  readonly #report: Report;
  readonly #similar: Suggestions;
  #suggestions = 0;

  constructor(files: readonly IdlFile[], others: ReadonlyMap<string, unknown>, report: Report) {
    this.#report = report;
    for (const [id, json] of others) {
      this.#types.set(id, isJsonObject(json) && typeof json["type"] === "string" ? json["type"] : undefined);
      if (isJsonObject(json) && isJsonObject(json["traits"]) && json["traits"]["smithy.api#trait"])
        this.#traits.add(id);
    }
    for (const { declared, shapes } of files) {
      for (const id of declared) this.#types.set(id, undefined);
      for (const shape of shapes) {
        this.#types.set(shape.id, shape.type);
        if (isTrait(shape)) this.#traits.add(shape.id);
      }
    }
    for (const id of this.#types.keys()) this.#namespaces.add(id.slice(0, id.indexOf("#")));
    this.#similar = new Suggestions(this.#types.keys());
    for (const file of files) this.#checkUses(file);
  }

  /** Replaces the names in values and properties by ids. */
  resolveReferences(file: IdlFile): void {
    for (const { holder, key, name, offset, isValue } of file.references) {
      const id = this.shape(file, name);
      put(holder, key, id);
      if (isValue && this.#isMissing(id)) {
        const message = `There is no shape ${quote(name)}. Put the name in quotes if it is a string.`;
        this.#report.add({ code: "unresolved-shape-id", message, location: { source: file.source, offset } });
      }
    }
  }

  /** Reports targets, at any depth, that are not there. */
  checkTargets(file: IdlFile, json: object, owner: string): void {
    const locations = file.locations.below(json as Holder);
    const check = (value: unknown, path: Path): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, item] of Object.entries(value)) {
        if (key !== "target" || typeof item !== "string") check(item, [...path, key]);
        else if (this.#isMissing(item)) {
          const near = this.#similar.near(item);
          const message = `There is no shape ${quote(item)}.${near === undefined ? "" : ` Did you mean ${near}?`}`;
          const { offset } = locations.follow([...path, key]);
          this.#report.add({
            code: "dangling-target",
            message,
            shapeId: owner,
            location: { source: file.source, offset },
          });
        }
      }
    };
    check(json, []);
  }

  /** The id of a shape or member. */
  shape(file: IdlFile, written: string): string {
    if (written.includes("#")) return written;
    const [name = "", member] = written.split("$");
    const id =
      file.uses.get(name)?.id ?? this.#near(file, name) ?? this.#inPrelude(name) ?? `${file.namespace}#${name}`;
    return member === undefined ? id : `${id}$${member}`;
  }

  /** The id of a trait; undefined, and reported, where there is none. */
  trait(file: IdlFile, name: string, offset: number, owner: string): string | undefined {
    if (name.includes("#")) return name;
    const used = file.uses.get(name)?.id;
    if (used !== undefined) return used;
    const near = this.#near(file, name);
    const ofPrelude = preludeTraits.has(name) ? `smithy.api#${name}` : undefined;
    // A shape of another kind may have the name of a trait.
    const found = near !== undefined && (this.#traits.has(near) || ofPrelude === undefined) ? near : ofPrelude;
    if (found === undefined) {
      const others = [...preludeTraits.keys(), ...file.uses.keys()];
      const similar = this.#suggestions++ < mostSuggestions ? nearest(name, others) : undefined;
      const hint = similar === undefined ? "Add a use statement, or write its id in full." : `Did you mean ${similar}?`;
      const message = `There is no trait ${quote(name)} in this namespace or in the prelude. ${hint}`;
      this.#report.add({
        code: "unresolved-trait",
        message,
        shapeId: owner,
        location: { source: file.source, offset },
      });
    }
    return found;
  }

  /** The type of a shape of the files or the prelude, as far as it could be read. */
  typeOf(id: string): string | undefined {
    return this.#types.get(id) ?? preludeType(id);
  }

  /** The value of a trait that is written without one. */
  annotation(id: string): unknown {
    const type = this.typeOf(id) ?? knownTraits.get(id);
    if (type === "list" || type === "set") return [];
    return type === undefined || type === "structure" || type === "map" || type === "union" ? {} : null;
  }

  #near({ namespace }: IdlFile, name: string): string | undefined {
    const id = `${namespace}#${name}`;
    return this.#types.has(id) ? id : undefined;
  }

  #inPrelude(name: string): string | undefined {
    const id = `smithy.api#${name}`;
    return prelude.has(id) || preludeTraits.has(name) ? id : undefined;
  }

  /** Whether there is no such shape; shapes of namespaces that are not given may be anywhere. */
  #isMissing(id: string): boolean {
    const [shape = ""] = id.split("$");
    const namespace = shape.slice(0, shape.indexOf("#"));
    if (this.#types.has(shape) || preludeType(shape) !== undefined) return false;
    return namespace === "smithy.api" || namespace === "undefined" || this.#namespaces.has(namespace);
  }

  #checkUses({ source, uses, shapes }: IdlFile): void {
    for (const { id, offset } of uses.values()) {
      if (this.#types.has(id) || preludeType(id) !== undefined || known.test(id)) continue;
      const message = `No file defines ${id}. Add the file that does; a trait is accepted without its definition.`;
      this.#report.add({
        severity: "warning",
        code: "unknown-use",
        message,
        shapeId: id,
        location: { source, offset },
      });
    }
    for (const { id, offset } of shapes) {
      const used = uses.get(id.slice(id.indexOf("#") + 1));
      if (!used || used.id === id) continue;
      const message = `The name conflicts with ${used.id}, which the file uses. Rename the shape, or remove the use statement and write that id in full.`;
      this.#report.add({ code: "use-conflict", message, shapeId: id, location: { source, offset } });
    }
  }
}

function isTrait({ traits }: ShapeStatement): boolean {
  return traits.some(({ name }) => name === "trait" || name === "smithy.api#trait");
}
