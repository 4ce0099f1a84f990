import { type Json, sameJson } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { quote } from "../source/quote.js";
import type { RawShape, TraitOwner } from "./raw.js";
import type { Report } from "../source/report.js";
import { inside, type PathLocation } from "../source/source.js";
import { readTraits } from "./traits.js";

/** Traits for a shape or member from an `apply` statement or an overlay. */
export interface Patch {
  /** Shape ID of the shape or member. */
  readonly id: string;
  readonly traits: ReadonlyMap<string, unknown>;
  /** An `apply` statement adds traits. An overlay replaces traits, or removes them with `null`. */
  readonly kind: "apply" | "overlay";
  readonly location: PathLocation;
}

export function readPatch(id: string, json: Json, kind: Patch["kind"], location: PathLocation, report: Report): Patch {
  return { id, kind, location, traits: readTraits(json, id, location, report) };
}

/** Patches by shape, including those for members of the shape. */
export function byShape(patches: readonly Patch[]): Map<ShapeId, Patch[]> {
  const found = new Map<ShapeId, Patch[]>();
  for (const patch of patches) {
    const [id = ""] = patch.id.split("$");
    const others = found.get(id);
    if (others) others.push(patch);
    else found.set(id, [patch]);
  }
  return found;
}

export function reportUnknown(patch: Patch, report: Report): void {
  const message = `Traits are applied to ${quote(patch.id)}, which is not in the model.`;
  report.add({ code: "unknown-apply-target", message, shapeId: patch.id, location: patch.location });
}

/** Traits that `apply` statements have set, by shape. Further statements may add to them, but not contradict them. */
export type Applied = Map<TraitOwner, Set<string>>;

/** Applies a patch to a shape whose mixins are already applied. */
export function applyPatch(shape: RawShape, patch: Patch, applied: Applied, report: Report): void {
  const [, member] = patch.id.split("$");
  const owner = member === undefined ? shape : shape.members.get(member);
  if (!owner) return reportUnknown(patch, report);
  for (const [trait, value] of patch.traits) {
    const location = inside(patch.location, "traits", trait);
    if (patch.kind === "apply") applyTrait(owner, trait, value, location, patch.id, applied, report);
    else if (value === null) owner.traits.delete(trait);
    else set(owner, trait, value, location);
  }
}

/**
 * A trait of an `apply` statement overrides that of a mixin. It may only repeat a trait of the shape itself or of
 * another statement if the values are equal, or if both are lists, which are joined.
 *
 * @see https://smithy.io/2.0/spec/model.html#trait-conflict-resolution
 */
function applyTrait(
  owner: TraitOwner,
  trait: string,
  value: unknown,
  location: PathLocation,
  shapeId: string,
  applied: Applied,
  report: Report,
): void {
  const current = owner.traits.get(trait);
  const isOwn = owner.traits.has(trait) && (!owner.traitLocations.has(trait) || applied.get(owner)?.has(trait));
  applied.set(owner, (applied.get(owner) ?? new Set()).add(trait));
  if (!isOwn) set(owner, trait, value, location);
  else if (Array.isArray(current) && Array.isArray(value)) set(owner, trait, [...current, ...value], location);
  else if (!sameJson(current, value)) {
    const message = `${trait} is applied to ${quote(shapeId)}, which has it with another value. Remove one of the two.`;
    report.add({ code: "trait-conflict", message, shapeId, location });
  }
}

function set(owner: TraitOwner, trait: string, value: unknown, location: PathLocation): void {
  owner.traits.set(trait, value);
  owner.traitLocations.set(trait, location);
}
