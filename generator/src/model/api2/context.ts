import { isIdentifier } from "../source/ids.js";
import { isJsonObject, type Json } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { inside, type Path, type PathLocation } from "../source/source.js";
import type { Api2Protocol } from "./protocol.js";

/** Paths of the shapes of the Smithy form and their members in the file that they were read from. */
export type Origins = Map<string, Path>;

/** Shared state of the reader: the Smithy form so far, its names, and the problems of the file. */
export class Api2Context {
  /** Undefined if the protocol of the file is unknown. */
  readonly protocol: Api2Protocol | undefined;
  readonly namespace: string;
  /** Whether errors have their own codes on the wire. */
  readonly hasErrorCodes: boolean;
  /** `shapes` of the Smithy form. */
  readonly shapes: Record<ShapeId, Json> = {};
  readonly origins: Origins = new Map();
  readonly #report: Report;
  /** Used names in lower case, because Smithy names must differ by more than case. */
  readonly #taken = new Set<string>();

  constructor(facts: Pick<Api2Context, "namespace" | "protocol" | "hasErrorCodes">, report: Report) {
    this.namespace = facts.namespace;
    this.protocol = facts.protocol;
    this.hasErrorCodes = facts.hasErrorCodes;
    this.#report = report;
  }

  id(name: string): ShapeId {
    return `${this.namespace}#${name}`;
  }

  /** A unique shape name: the requested one, or that with a word or number appended. */
  claim(wanted: string): string {
    let name = wanted;
    for (let number = 1; this.#taken.has(name.toLowerCase()); number++)
      name = `${wanted}Shape${number > 1 ? number : ""}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }

  define(id: ShapeId, shape: Json, location: PathLocation): void {
    this.shapes[id] = shape;
    this.origins.set(id, location.path);
  }

  error(code: string, message: string, location: PathLocation, shapeId?: string): void {
    this.#report.add({ code, message, location, shapeId });
  }

  warn(code: string, message: string, location: PathLocation, shapeId?: string): void {
    this.#report.add({ severity: "warning", code, message, location, shapeId });
  }

  /** Warns of unknown properties, because a misspelled one would be ignored silently. */
  warnOfOthers(json: Json, known: ReadonlySet<string>, location: PathLocation, shapeId?: string): void {
    for (const property of Object.keys(json)) {
      if (known.has(property)) continue;
      const message = `The property ${quote(property)} is not known in an api-2 description and is left out.`;
      this.warn("unknown-property", message, inside(location, property), shapeId);
    }
  }

  /** The value of a property that must be an object. Otherwise the problem is reported and the result is empty. */
  object(json: Json, property: string, location: PathLocation, shapeId?: string): Json | undefined {
    const value = json[property];
    if (value === undefined || isJsonObject(value)) return value;
    this.error("invalid-property", `${property} must be an object.`, inside(location, property), shapeId);
    return undefined;
  }

  /** A property of the requested type. Otherwise the problem is reported and the result is undefined. */
  value<Name extends keyof Primitives>(
    json: Json,
    property: string,
    type: Name,
    location: PathLocation,
    shapeId?: string,
  ): Primitives[Name] | undefined {
    const value = json[property];
    const found: string = typeof value;
    if (value === undefined || found === type) return value as Primitives[Name] | undefined;
    this.error("invalid-property", `${property} must be a ${type}.`, inside(location, property), shapeId);
    return undefined;
  }

  /** Whether a name is valid for a shape, operation or member. Reports it if not. */
  checkName(kind: string, name: string, location: PathLocation, shapeId?: string): boolean {
    if (isIdentifier(name)) return true;
    const message = `${quote(name)} is not a valid name of ${kind}: it must be of letters, digits and underscores.`;
    this.error("invalid-name", message, location, shapeId);
    return false;
  }
}

interface Primitives {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** Drops undefined fields. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Sets a trait of a shape that was already read. */
export function setTrait(id: ShapeId, trait: string, value: unknown, { shapes }: Api2Context): void {
  const shape = shapes[id] ?? {};
  shapes[id] = { ...shape, traits: { ...(shape["traits"] as Json | undefined), [trait]: value } };
}
