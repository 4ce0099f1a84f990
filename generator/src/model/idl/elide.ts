import { isJsonObject, type Json } from "../source/json.js";
import type { Names } from "./names.js";
import { fixedMembers } from "./members.js";
import type { IdlFile, ShapeStatement } from "./syntax.js";

/** Where the target of a member comes from that does not name it. */
interface Elided {
  readonly target: string;
  /** Whether a mixin has the member, so that the shape only adds traits to it. */
  readonly isMixedIn: boolean;
}

/**
 * Finds the targets of members that leave theirs out.
 *
 * @see https://smithy.io/2.0/spec/idl.html#target-elision
 */
export class Elisions {
  readonly #statements = new Map<string, { readonly shape: ShapeStatement; readonly file: IdlFile }>();
  readonly #others: ReadonlyMap<string, unknown>;
  readonly #names: Names;

  constructor(files: readonly IdlFile[], others: ReadonlyMap<string, unknown>, names: Names) {
    this.#others = others;
    this.#names = names;
    for (const file of files) for (const shape of file.shapes) this.#statements.set(shape.id, { shape, file });
  }

  find(shape: ShapeStatement, name: string): Elided | undefined {
    const mixedIn = this.#ofMixins(shape.json, name, new Set([shape.id]));
    const bound = this.#ofResource(shape, name);
    // Where the two differ, the conflict is that of any member with its mixin.
    if (bound !== undefined && bound !== mixedIn) return { target: bound, isMixedIn: false };
    return mixedIn === undefined ? undefined : { target: mixedIn, isMixedIn: true };
  }

  isMixedIn(shape: ShapeStatement, name: string): boolean {
    return this.#ofMixins(shape.json, name, new Set([shape.id])) !== undefined;
  }

  /** The resource that a shape is for, as the JSON AST has it; undefined if it is not a resource. */
  resourceOf(id: string): Json | undefined {
    const json = this.#statements.get(id)?.shape.json ?? this.#others.get(id);
    return isJsonObject(json) && json["type"] === "resource" ? json : undefined;
  }

  #ofResource({ id, resource }: ShapeStatement, name: string): string | undefined {
    const file = this.#statements.get(id)?.file;
    const json = resource && file && this.resourceOf(this.#names.shape(file, resource.name));
    return json && (targetIn(json["identifiers"], name) ?? targetIn(json["properties"], name));
  }

  #ofMixins(json: Json, name: string, seen: Set<string>): string | undefined {
    const mixins: readonly unknown[] = Array.isArray(json["mixins"]) ? json["mixins"] : [];
    for (const mixin of mixins) {
      const id = isJsonObject(mixin) ? String(mixin["target"]) : "";
      if (seen.has(id)) continue;
      seen.add(id);
      const found = this.#inShape(id, name, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inShape(id: string, name: string, seen: Set<string>): string | undefined {
    const statement = this.#statements.get(id)?.shape;
    const json = statement?.json ?? this.#others.get(id);
    if (!isJsonObject(json)) return undefined;
    const member = statement?.members.find((each) => each.name === name);
    const own = statement
      ? member && (stringTarget(member.json) ?? this.#ofResource(statement, name))
      : targetIn(fixedMembers.has(String(json["type"])) ? json : json["members"], name);
    return own ?? this.#ofMixins(json, name, seen);
  }
}

function targetIn(members: unknown, name: string): string | undefined {
  return isJsonObject(members) && Object.hasOwn(members, name) ? stringTarget(members[name]) : undefined;
}

function stringTarget(json: unknown): string | undefined {
  const target = isJsonObject(json) ? json["target"] : undefined;
  return typeof target === "string" ? target : undefined;
}
