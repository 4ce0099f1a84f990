import type { Severity } from "../../diagnostics.js";
import type { ServiceClosure } from "../smithy/closure.js";
import type { ServiceShape, Shape, ShapeId } from "../model.js";
import { prelude } from "../smithy/prelude.js";
import { quote } from "../source/quote.js";
import { type RawShape, type TraitOwner, traitLocation } from "../smithy/raw.js";
import type { RawShapes } from "../smithy/read-shapes.js";
import type { Report } from "../source/report.js";
import { inside, type Path, type PathLocation } from "../source/source.js";

/** A service and its closure. */
export interface BoundService {
  readonly service: ServiceShape;
  readonly closure: ServiceClosure;
}

/** Input of the checks, and functions to report problems with their location. */
export class CheckContext {
  readonly raw: ReadonlyMap<ShapeId, RawShape>;
  /** Every shape ID that the file defines. */
  readonly declared: ReadonlySet<string>;
  readonly shapes: ReadonlyMap<ShapeId, Shape>;
  /** Location of the shapes. */
  readonly whole: PathLocation;
  readonly #report: Report;

  constructor(raw: RawShapes, shapes: ReadonlyMap<ShapeId, Shape>, report: Report) {
    this.raw = raw.shapes;
    this.declared = raw.declared;
    this.shapes = shapes;
    this.whole = raw.location;
    this.#report = report;
  }

  /** A shape of the model or of the prelude. */
  find(id: ShapeId): Shape | undefined {
    return this.shapes.get(id) ?? prelude.get(id);
  }

  is(id: ShapeId, test: (shape: RawShape) => boolean): boolean {
    const shape = this.raw.get(id);
    return shape !== undefined && test(shape);
  }

  /** Reports an error of a shape or member. The default location is that of the shape or member. */
  problem(code: string, id: string | undefined, message: string, location?: PathLocation): void {
    this.#add("error", code, id, message, location);
  }

  /** Reports a warning: something that is allowed but should be changed. */
  warning(code: string, id: string, message: string, location?: PathLocation): void {
    this.#add("warning", code, id, message, location);
  }

  /** Reports an error of a trait, at its location. */
  invalidTrait(trait: string, id: string, problem: string): void {
    this.problem("invalid-trait", id, `The trait ${quote(trait)} ${problem}.`, this.locationOf(trait, id));
  }

  /** Location of a trait or of something in its value. */
  locationOf(trait: string, id: string, ...keys: Path): PathLocation | undefined {
    const owner = this.#owner(id);
    return owner && inside(traitLocation(owner, trait), ...keys);
  }

  #add(
    severity: Severity,
    code: string,
    id: string | undefined,
    message: string,
    location: PathLocation | undefined,
  ): void {
    const at = location ?? (id === undefined ? undefined : this.#owner(id)?.location) ?? this.whole;
    this.#report.add({ severity, code, message, shapeId: id, location: at });
  }

  #owner(id: string): TraitOwner | undefined {
    const [shapeId = "", member] = id.split("$");
    const shape = this.raw.get(shapeId);
    // A member that was created from the deprecated enum trait has the location of its shape.
    return member === undefined ? shape : (shape?.members.get(member) ?? shape);
  }
}
