import { type Json, sameJson } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { quote } from "../source/quote.js";
import type { RawShape, TraitOwner } from "./raw.js";
import type { Report } from "../source/report.js";
import { inside, type PathPlace } from "../source/source.js";
import { readTraits } from "./traits.js";

/** Traits for a shape or member, said outside of it. */
export interface Patch {
  /** Of a shape or member. */
  readonly id: string;
  readonly traits: ReadonlyMap<string, unknown>;
  /** A statement of the model adds to what there is; an overlay corrects it, and takes away with `null`. */
  readonly kind: "apply" | "overlay";
  readonly place: PathPlace;
}

export function readPatch(id: string, json: Json, kind: Patch["kind"], place: PathPlace, report: Report): Patch {
  return { id, kind, place, traits: readTraits(json, id, place, report) };
}

/** Patches by the shape that they, or whose members they, are for. */
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
  report.add({ code: "unknown-apply-target", message, shapeId: patch.id, place: patch.place });
}

/** Which traits `apply` statements have given to whom: to what they give, others may add, but not say it otherwise. */
export type Applied = Map<TraitOwner, Set<string>>;

/** Lays a patch over a shape whose mixins are in it already. */
export function applyPatch(shape: RawShape, patch: Patch, applied: Applied, report: Report): void {
  const [, member] = patch.id.split("$");
  const owner = member === undefined ? shape : shape.members.get(member);
  if (!owner) return reportUnknown(patch, report);
  for (const [trait, value] of patch.traits) {
    const place = inside(patch.place, "traits", trait);
    if (patch.kind === "apply") applyTrait(owner, trait, value, place, patch.id, applied, report);
    else if (value === null) owner.traits.delete(trait);
    else set(owner, trait, value, place);
  }
}

/**
 * A trait of an `apply` statement wins over what a mixin gives. Beside one of the shape's own, or of another such statement,
 * it counts only if both are lists, which are joined, or the same.
 *
 * @see https://smithy.io/2.0/spec/model.html#trait-conflict-resolution
 */
function applyTrait(
  owner: TraitOwner,
  trait: string,
  value: unknown,
  place: PathPlace,
  shapeId: string,
  applied: Applied,
  report: Report,
): void {
  const current = owner.traits.get(trait);
  const isOwn = owner.traits.has(trait) && (!owner.traitPlaces.has(trait) || applied.get(owner)?.has(trait));
  applied.set(owner, (applied.get(owner) ?? new Set()).add(trait));
  if (!isOwn) set(owner, trait, value, place);
  else if (Array.isArray(current) && Array.isArray(value)) set(owner, trait, [...current, ...value], place);
  else if (!sameJson(current, value)) {
    const message = `${trait} is applied to ${quote(shapeId)}, which has it with another value. Say it in one place.`;
    report.add({ code: "trait-conflict", message, shapeId, place });
  }
}

function set(owner: TraitOwner, trait: string, value: unknown, place: PathPlace): void {
  owner.traits.set(trait, value);
  owner.traitPlaces.set(trait, place);
}
