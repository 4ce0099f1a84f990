import type { ShapeId } from "../model.js";
import { inside, type PathLocation } from "../source/source.js";

/** A shape or member as in the file, to which mixins, `apply` statements and overlays are applied. */
export interface TraitOwner {
  readonly traits: Map<string, unknown>;
  /** Locations of traits that come from a mixin, an `apply` statement or an overlay. */
  readonly traitLocations: Map<string, PathLocation>;
  readonly location: PathLocation;
}

export interface RawShape extends TraitOwner {
  readonly id: ShapeId;
  readonly type: string;
  /** A list has `member`, a map has `key` and `value`. */
  members: Map<string, RawMember>;
  /** Shapes that properties refer to: `input`, `errors`, `operations`. A single reference is a list of one. */
  readonly references: Map<string, readonly RawReference[]>;
  readonly mixins: readonly RawReference[];
  /** Version of a service. */
  version: string | undefined;
  /** New names in a service, by shape ID. */
  rename: Map<ShapeId, RawReference>;
}

export interface RawMember extends TraitOwner {
  readonly target: ShapeId;
}

export interface RawReference {
  readonly target: string;
  readonly location: PathLocation;
}

export function traitLocation(owner: TraitOwner, trait: string): PathLocation {
  return owner.traitLocations.get(trait) ?? inside(owner.location, "traits", trait);
}

export function referencesOf(shape: RawShape, property: string): readonly RawReference[] {
  return shape.references.get(property) ?? [];
}

export const mixinTrait = "smithy.api#mixin";

export function isMixin(shape: Pick<TraitOwner, "traits">): boolean {
  return shape.traits.has(mixinTrait);
}
