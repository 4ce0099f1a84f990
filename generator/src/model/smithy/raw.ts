import type { ShapeId } from "../model.js";
import { inside, type PathPlace } from "../source/source.js";

/** What carries traits: a shape or a member, as the file has it, open to mixins, `apply` and overlays. */
export interface TraitOwner {
  readonly traits: Map<string, unknown>;
  /** Where those traits stand that come from elsewhere: a mixin, an `apply`, an overlay. */
  readonly traitPlaces: Map<string, PathPlace>;
  readonly place: PathPlace;
}

export interface RawShape extends TraitOwner {
  readonly id: ShapeId;
  readonly type: string;
  /** A list has `member`, a map has `key` and `value`. */
  members: Map<string, RawMember>;
  /** Other shapes that properties name: `input`, `errors`, `operations`. Each has a list, if of one. */
  readonly references: Map<string, readonly RawReference[]>;
  readonly mixins: readonly RawReference[];
  /** Of a service. */
  version: string | undefined;
  /** Of a service: new names by shape id. */
  rename: Map<ShapeId, RawReference>;
}

export interface RawMember extends TraitOwner {
  readonly target: ShapeId;
}

export interface RawReference {
  readonly target: string;
  readonly place: PathPlace;
}

export function traitPlace(owner: TraitOwner, trait: string): PathPlace {
  return owner.traitPlaces.get(trait) ?? inside(owner.place, "traits", trait);
}

export function referencesOf(shape: RawShape, property: string): readonly RawReference[] {
  return shape.references.get(property) ?? [];
}
