import { isIdentifier, isMemberId, isShapeId } from "../source/ids.js";
import { isJsonObject, type Json } from "../source/json.js";
import type { Lifecycle, ShapeId } from "../model.js";
import { readPatch, type Patch } from "./patches.js";
import { printable, quote } from "../source/quote.js";
import { isMixin, type RawMember, type RawReference, type RawShape } from "./raw.js";
import type { Report } from "../source/report.js";
import { inside, type PathLocation } from "../source/source.js";
import { readTraits } from "./traits.js";

/** Properties of a type of shape besides `type`, `traits` and `mixins`. */
interface ShapeForm {
  /** Properties that contain one member each. */
  readonly fixed?: readonly string[];
  /** Whether it has `members`. */
  readonly named?: boolean;
  /** Properties that refer to one shape. */
  readonly one?: readonly string[];
  /** Properties that refer to a list of shapes. */
  readonly many?: readonly string[];
  readonly other?: readonly string[];
}

/** Lifecycle operations of a resource. */
export const lifecycle: readonly Lifecycle[] = ["create", "put", "read", "update", "delete", "list"];

export const simpleTypes: readonly string[] = [
  "blob",
  "boolean",
  "string",
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "bigInteger",
  "bigDecimal",
  "timestamp",
  "document",
];

/** Properties that mixins cannot contain, by the type of shape. */
const localProperties: ReadonlyMap<string, readonly string[]> = new Map([
  ["operation", ["input", "output"]],
  ["resource", ["identifiers", "properties"]],
]);

/** @see https://smithy.io/2.0/spec/json-ast.html */
const forms: ReadonlyMap<unknown, ShapeForm> = new Map<unknown, ShapeForm>([
  ...simpleTypes.map((type) => [type, {}] as const),
  ["list", { fixed: ["member"] }],
  ["set", { fixed: ["member"] }],
  ["map", { fixed: ["key", "value"] }],
  ["structure", { named: true }],
  ["union", { named: true }],
  ["enum", { named: true }],
  ["intEnum", { named: true }],
  ["operation", { one: ["input", "output"], many: ["errors"] }],
  [
    "resource",
    {
      one: lifecycle,
      many: ["operations", "collectionOperations", "resources"],
      other: ["identifiers", "properties"],
    },
  ],
  ["service", { many: ["operations", "resources", "errors"], other: ["version", "rename"] }],
]);

export interface RawShapes {
  readonly shapes: Map<ShapeId, RawShape>;
  /** The `apply` statements. */
  readonly patches: readonly Patch[];
  /** Every shape ID that the file defines, including shapes that could not be read. */
  readonly declared: ReadonlySet<string>;
  readonly location: PathLocation;
}

/** Reads `shapes` of the JSON AST. */
export function readShapes(json: Json, location: PathLocation, report: Report): RawShapes {
  const shapes = new Map<ShapeId, RawShape>();
  const patches: Patch[] = [];
  const declared = new Set<string>();
  for (const [id, shape] of Object.entries(json)) {
    const reader = new ShapeReader(id, inside(location, id), report);
    if (isJsonObject(shape) && shape["type"] === "apply") {
      if (isShapeId(id) || isMemberId(id)) patches.push(readPatch(id, shape, "apply", inside(location, id), report));
      else reader.problem("invalid-shape-id", `${quote(id)} is not the ID of a shape or member.`);
      continue;
    }
    declared.add(id);
    const read = reader.read(shape);
    if (read) shapes.set(id, read);
  }
  return { shapes, patches, declared, location };
}

/** Reads one shape. All problems are reported for that shape. */
class ShapeReader {
  readonly #id: string;
  readonly #location: PathLocation;
  readonly #report: Report;

  constructor(id: string, location: PathLocation, report: Report) {
    this.#id = id;
    this.#location = location;
    this.#report = report;
  }

  problem(code: string, message: string, location = this.#location, shapeId = this.#id): void {
    this.#report.add({ code, message, location, shapeId });
  }

  read(json: unknown): RawShape | undefined {
    if (!isJsonObject(json)) {
      this.problem("invalid-shape", "A shape must be an object with a type.");
      return undefined;
    }
    const { type } = json;
    const form = forms.get(type);
    if (!isShapeId(this.#id)) {
      const message = `${quote(this.#id)} is not a shape ID: it must be a namespace, # and a name, of letters, digits and underscores.`;
      this.problem("invalid-shape-id", message);
    }
    if (!form) {
      const what = typeof type === "string" ? `"${printable(type)}" is not a shape type.` : "The shape has no type.";
      this.problem("unknown-shape-type", what, inside(this.#location, "type"));
    }
    if (!form || !isShapeId(this.#id)) return undefined;
    const { fixed = [], named = false, one = [], many = [], other = [] } = form;
    const members = named ? ["members"] : fixed;
    this.#warnOfOthers(json, ["type", "traits", "mixins", ...members, ...one, ...many, ...other], this.#location);
    const traits = readTraits(json, this.#id, this.#location, this.#report);
    if (isMixin({ traits })) this.#checkMixin(json, String(type));
    return {
      id: this.#id,
      type: String(type),
      location: this.#location,
      traits,
      traitLocations: new Map(),
      members: named ? this.#namedMembers(json) : this.#fixedMembers(json, fixed),
      references: new Map([
        ...one.map((property) => [property, this.#reference(json, property)] as const),
        ...many.map((property) => [property, this.#references(json, property)] as const),
      ]),
      mixins: this.#references(json, "mixins"),
      version: type === "service" ? this.#version(json) : undefined,
      rename: type === "service" ? this.#rename(json) : new Map<ShapeId, RawReference>(),
    };
  }

  /** Traits that shapes would inherit, but must have themselves. */
  #checkMixin(json: Json, type: string): void {
    for (const property of localProperties.get(type) ?? []) {
      const value = json[property];
      if (value === undefined || (isJsonObject(value) && value["target"] === "smithy.api#Unit")) continue;
      const message = `A mixin for ${type}s must not have ${property}: the shapes that use it have their own.`;
      this.problem("invalid-mixin", message, inside(this.#location, property));
    }
  }

  /** Warns of unknown properties, because a misspelled one would be ignored silently. */
  #warnOfOthers(json: Json, known: readonly string[], location: PathLocation): void {
    for (const property of Object.keys(json)) {
      if (known.includes(property)) continue;
      this.#report.add({
        severity: "warning",
        code: "unknown-property",
        message: `The property ${quote(property)} means nothing here and is left out; known are ${known.join(", ")}.`,
        shapeId: this.#id,
        location: inside(location, property),
      });
    }
  }

  #fixedMembers(json: Json, names: readonly string[]): Map<string, RawMember> {
    const members = new Map<string, RawMember>();
    for (const name of names) {
      // A member may come from a mixin.
      if (json[name] === undefined && json["mixins"] !== undefined) continue;
      const member = this.#member(name, json[name], inside(this.#location, name));
      if (member) members.set(name, member);
    }
    return members;
  }

  #namedMembers(json: Json): Map<string, RawMember> {
    const members = new Map<string, RawMember>();
    const named = json["members"];
    const location = inside(this.#location, "members");
    if (named !== undefined && !isJsonObject(named))
      this.problem("invalid-members", "members must be an object.", location);
    if (!isJsonObject(named)) return members;
    for (const [name, value] of Object.entries(named)) {
      if (!isIdentifier(name)) {
        const message = `${quote(name)} is not a member name: it must be of letters, digits and underscores.`;
        this.problem("invalid-member-name", message, inside(location, name));
        continue;
      }
      const member = this.#member(name, value, inside(location, name));
      if (member) members.set(name, member);
    }
    return members;
  }

  #member(name: string, json: unknown, location: PathLocation): RawMember | undefined {
    const id = `${this.#id}$${name}`;
    const target = isJsonObject(json) ? json["target"] : undefined;
    if (!isJsonObject(json) || typeof target !== "string") {
      const message = json === undefined ? `The shape needs a ${name}.` : `${name} must be an object with a target.`;
      this.problem("invalid-member", message, location, id);
      return undefined;
    }
    this.#warnOfOthers(json, ["target", "traits"], location);
    return { target, location, traits: readTraits(json, id, location, this.#report), traitLocations: new Map() };
  }

  #reference(json: Json, property: string): RawReference[] {
    const value = json[property];
    if (value === undefined) return [];
    const location = inside(this.#location, property);
    const target = isJsonObject(value) ? value["target"] : undefined;
    if (typeof target === "string") return [{ target, location: inside(location, "target") }];
    this.problem("invalid-targets", `${property} must be an object with a target.`, location);
    return [];
  }

  #references(json: Json, property: string): RawReference[] {
    const value = json[property];
    if (value === undefined) return [];
    const location = inside(this.#location, property);
    const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
    return items.flatMap((item, index) => {
      const target = isJsonObject(item) ? item["target"] : undefined;
      if (typeof target === "string") return [{ target, location: inside(location, index, "target") }];
      this.problem("invalid-targets", `${property} must be a list of objects with a target.`, inside(location, index));
      return [];
    });
  }

  #version(json: Json): string | undefined {
    const { version } = json;
    if (version === undefined || typeof version === "string") return version;
    this.problem("invalid-version", "The version of a service must be a string.", inside(this.#location, "version"));
    return undefined;
  }

  #rename(json: Json): Map<ShapeId, RawReference> {
    const { rename } = json;
    const location = inside(this.#location, "rename");
    const names = new Map<ShapeId, RawReference>();
    if (rename !== undefined && !isJsonObject(rename)) {
      this.problem("invalid-rename", "rename must be an object of shape ids and names.", location);
    }
    for (const [id, name] of Object.entries(isJsonObject(rename) ? rename : {})) {
      if (typeof name === "string" && isIdentifier(name))
        names.set(id, { target: name, location: inside(location, id) });
      else {
        const message = `The new name of ${quote(id)} must be of letters, digits and underscores.`;
        this.problem("invalid-rename", message, inside(location, id));
      }
    }
    return names;
  }
}
