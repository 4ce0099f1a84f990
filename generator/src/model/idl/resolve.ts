import { mixinTrait } from "../smithy/raw.js";
import { isJsonObject, sameJson } from "../source/json.js";
import { quote, withArticle } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { Elisions } from "./elide.js";
import { fixedMembers } from "./members.js";
import { Names } from "./names.js";
import { put } from "./locations.js";
import { type IdlFile, type MemberStatement, needsVersion2, type ShapeStatement } from "./syntax.js";
import type { TraitStatement } from "./traits.js";

/** A file of IDL as JSON AST, with the locations of its parts in the file. */
export interface ResolvedFile {
  readonly file: IdlFile;
  /** By id, as the JSON AST has them. */
  readonly shapes: Record<string, unknown>;
  /** Traits of apply statements, and of members whose mixin has their target. */
  readonly applied: { readonly id: string; readonly traits: Record<string, unknown> }[];
}

const enumValue = "smithy.api#enumValue";

/** Resolves names to IDs, and adds members and traits to shapes, once all files are known. */
export function resolveFiles(
  files: readonly IdlFile[],
  others: ReadonlyMap<string, unknown>,
  report: Report,
): ResolvedFile[] {
  if (files.length === 0) return [];
  const names = new Names(files, others, report);
  for (const file of files) names.resolveReferences(file);
  const elisions = new Elisions(files, others, names);
  return files.map((file) => new Resolver(file, names, elisions, report).resolve());
}

class Resolver {
  readonly #file: IdlFile;
  readonly #names: Names;
  readonly #elisions: Elisions;
  readonly #report: Report;
  readonly #shapes: Record<string, unknown> = {};
  readonly #applied: { id: string; traits: Record<string, unknown> }[] = [];

  constructor(file: IdlFile, names: Names, elisions: Elisions, report: Report) {
    this.#file = file;
    this.#names = names;
    this.#elisions = elisions;
    this.#report = report;
  }

  resolve(): ResolvedFile {
    const { shapes, partial, applied } = this.#file;
    for (const shape of shapes) this.#addShape(shape);
    for (const shape of partial) this.#checkPartial(shape);
    for (const { name, offset, traits } of applied) {
      const id = this.#names.shape(this.#file, name);
      if (traits.length > 0) this.#apply(id, traits, offset);
    }
    return { file: this.#file, shapes: this.#shapes, applied: this.#applied };
  }

  /** Reports the names that are wrong in what could be read of a shape. */
  #checkPartial({ id, json, traits, members }: ShapeStatement): void {
    this.#setTraits({}, traits, id);
    this.#names.checkTargets(this.#file, json, id);
    for (const member of members) {
      const memberId = `${id}$${member.name}`;
      this.#setTraits({}, member.traits, memberId);
      if (member.json) this.#names.checkTargets(this.#file, member.json, memberId);
    }
  }

  #addShape(shape: ShapeStatement): void {
    const { id, type, offset, json, traits, members } = shape;
    if (Object.hasOwn(this.#shapes, id)) {
      this.#problem("duplicate-shape", `${id} is defined twice. Rename one of the two shapes.`, offset, id);
      return;
    }
    const isBound = this.#checkResource(shape);
    const hasMembers = ["structure", "union", "enum", "intEnum"].includes(type);
    const holder: Record<string, unknown> = fixedMembers.has(type) ? json : {};
    // A shape that lacks a member is left out, so that no problem is reported that follows from that.
    if (!members.map((member) => this.#addMember(shape, member, holder, isBound)).every(Boolean)) return;
    if (hasMembers) json["members"] = holder;
    this.#setTraits(json, traits, id);
    this.#shapes[id] = json;
    this.#file.locations.set(this.#shapes, id, offset);
  }

  /** Whether what the shape is for, if anything, is a resource. */
  #checkResource({ id, resource }: ShapeStatement): boolean {
    if (!resource) return true;
    const target = this.#names.shape(this.#file, resource.name);
    if (this.#elisions.resourceOf(target)) return true;
    const type = this.#names.typeOf(target);
    const what =
      type === undefined ? `There is no resource ${quote(target)}` : `${quote(target)} is ${withArticle(type)}`;
    const message = `${what}; a shape can be for a resource only.`;
    this.#problem(type === undefined ? "dangling-target" : "wrong-target", message, resource.offset, id);
    return false;
  }

  /** Returns whether the target of the member is known. */
  #addMember(
    shape: ShapeStatement,
    member: MemberStatement,
    holder: Record<string, unknown>,
    isBound: boolean,
  ): boolean {
    const { name, offset, traits } = member;
    const id = `${shape.id}$${name}`;
    const { locations } = this.#file;
    let { json } = member;
    if (!json) {
      const found = this.#elisions.find(shape, name);
      if (found === undefined) {
        const message = `The target of ${name} is elided, but no mixin and no resource of the shape has a member of that name.`;
        // What is wrong with the resource, or the version, has been reported.
        if (isBound && !this.#file.isVersion1) this.#problem("unresolved-elision", message, offset, id);
        return false;
      }
      if (found.isMixedIn) {
        if (traits.length > 0) this.#apply(id, traits, offset);
        return true;
      }
      json = { target: found.target };
    }
    const isNamed = shape.type === "enum" && !this.#elisions.isMixedIn(shape, name);
    this.#setTraits(json, traits, id);
    if (isNamed && !hasTrait(json, enumValue)) {
      json["traits"] = { ...(json["traits"] as object | undefined), [enumValue]: name };
    }
    put(holder, name, json);
    locations.set(holder, name, offset);
    return true;
  }

  #apply(id: string, traits: readonly TraitStatement[], offset: number): void {
    const json: Record<string, unknown> = {};
    this.#setTraits(json, traits, id);
    const applied = { id, traits: (json["traits"] ?? {}) as Record<string, unknown> };
    this.#file.locations.set(this.#applied, this.#applied.length, offset);
    this.#applied.push(applied);
  }

  #setTraits(json: Record<string, unknown>, statements: readonly TraitStatement[], owner: string): void {
    if (statements.length === 0) return;
    const { locations } = this.#file;
    const traits: Record<string, unknown> = {};
    for (const { name, offset, body, digits } of statements) {
      const id = this.#names.trait(this.#file, name, offset, owner);
      if (id === undefined) continue;
      const value = Object.hasOwn(body, "value") ? body["value"] : this.#names.annotation(id);
      if (id === mixinTrait && this.#file.isVersion1) {
        this.#problem("needs-version-2", `A mixin ${needsVersion2}`, offset, owner);
      }
      if (Object.hasOwn(traits, id)) this.#join(traits, id, value, offset, owner);
      else {
        traits[id] = value;
        locations.set(traits, id, offset);
        if (digits !== undefined && id === "smithy.api#default") locations.setDigits(traits, digits);
      }
    }
    json["traits"] = traits;
  }

  /** A trait that is given twice: lists are joined, other values must be the same. */
  #join(traits: Record<string, unknown>, id: string, value: unknown, offset: number, owner: string): void {
    const known = traits[id];
    if (Array.isArray(known) && Array.isArray(value)) traits[id] = [...(known as unknown[]), ...(value as unknown[])];
    else if (!sameJson(known, value)) {
      this.#problem("trait-conflict", `${quote(id)} has two different values. Remove one of them.`, offset, owner);
    }
  }

  #problem(code: string, message: string, offset: number, shapeId: string): void {
    this.#report.add({ code, message, shapeId, location: { source: this.#file.source, offset } });
  }
}

function hasTrait(json: Record<string, unknown>, trait: string): boolean {
  const { traits } = json;
  return isJsonObject(traits) && Object.hasOwn(traits, trait);
}
