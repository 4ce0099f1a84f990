import { cycleText, walk } from "./graph.js";
import { isJsonObject } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { type Applied, applyPatch, byShape, type Patch, reportUnknown } from "./patches.js";
import { quote } from "../source/quote.js";
import {
  isMixin,
  mixinTrait,
  type RawMember,
  type RawReference,
  type RawShape,
  referencesOf,
  type TraitOwner,
  traitLocation,
} from "./raw.js";
import type { RawShapes } from "./read-shapes.js";
import type { Report } from "../source/report.js";

/**
 * Copies members, traits and properties of mixins into the shapes that use them. `apply` statements and overlays are
 * applied to each shape before another one uses it as a mixin. Later mixins override earlier ones, and the shape
 * overrides its mixins. Traits in `localTraits` are not copied.
 *
 * @see https://smithy.io/2.0/spec/mixins.html
 */
export function applyMixins({ shapes, declared }: RawShapes, patches: readonly Patch[], report: Report): void {
  const patchesOf = byShape(patches);
  const applied: Applied = new Map();
  const finished = new Set<ShapeId>();
  walk(
    shapes.keys(),
    (id) => shapes.get(id)?.mixins.flatMap(({ target }) => (shapes.has(target) ? target : [])) ?? [],
    {
      leave: (id) => {
        const shape = shapes.get(id);
        if (!shape) return;
        const mixins = shape.mixins
          .flatMap((reference) => mixinOf(shape, reference, shapes, declared, report) ?? [])
          // In a cycle, mixins that are not finished yet are skipped. The cycle is reported.
          .filter((mixin) => finished.has(mixin.id));
        if (mixins.length > 0) mixIn(shape, mixins, report);
        for (const patch of patchesOf.get(id) ?? []) applyPatch(shape, patch, applied, report);
        finished.add(id);
      },
      cycle: (ids) => {
        const [id = ""] = ids;
        const location = shapes.get(id)?.location;
        const message = `Mixins must not use each other in a circle: ${cycleText(ids, "uses")}.`;
        if (location) report.add({ code: "mixin-cycle", message, shapeId: id, location });
      },
    },
  );
  for (const [id, orphans] of patchesOf) {
    if (!declared.has(id)) for (const patch of orphans) reportUnknown(patch, report);
  }
}

/** The mixin that a shape uses. If it is not a valid mixin, it is reported and the result is undefined. */
function mixinOf(
  shape: RawShape,
  { target, location }: RawReference,
  shapes: ReadonlyMap<ShapeId, RawShape>,
  declared: ReadonlySet<string>,
  report: Report,
): RawShape | undefined {
  const mixin = shapes.get(target);
  const add = (code: string, message: string): void => report.add({ code, message, shapeId: shape.id, location });
  if (!mixin) {
    // A shape that exists but could not be read was already reported.
    if (!declared.has(target)) add("dangling-target", `There is no shape ${quote(target)}.`);
  } else if (!isMixin(mixin)) {
    add("not-a-mixin", `${target} is used as a mixin, but does not carry the mixin trait.`);
  } else if (mixin.type !== shape.type) {
    add("not-a-mixin", `${target} is a mixin for a ${mixin.type}, not for a ${shape.type}.`);
  } else return mixin;
  return undefined;
}

function mixIn(shape: RawShape, mixins: readonly RawShape[], report: Report): void {
  const own = { ...shape, traits: new Map(shape.traits), members: shape.members };
  shape.traits.clear();
  shape.members = new Map();
  shape.rename = new Map();
  const merged = new Map<string, RawReference[]>();
  for (const part of [...mixins, own]) {
    const isOwn = part === own;
    const local = isOwn ? new Set() : localTraits(part);
    mergeTraits(shape, part, isOwn, local);
    for (const [name, member] of part.members) mergeMember(shape, name, member, isOwn, report);
    for (const [id, name] of part.rename) shape.rename.set(id, name);
    for (const property of part.references.keys()) {
      const known = merged.get(property) ?? [];
      const added = referencesOf(part, property).filter(({ target }) => !known.some((each) => each.target === target));
      merged.set(property, [...known, ...added]);
    }
    shape.version = part.version ?? shape.version;
  }
  for (const [property, references] of merged) shape.references.set(property, references);
}

/** Merges the traits of one owner into those of another, with the locations of traits from elsewhere. */
function mergeTraits(into: TraitOwner, from: TraitOwner, isOwn: boolean, without: ReadonlySet<unknown>): void {
  for (const [trait, value] of from.traits) {
    if (without.has(trait)) continue;
    into.traits.set(trait, value);
    if (isOwn) into.traitLocations.delete(trait);
    else into.traitLocations.set(trait, traitLocation(from, trait));
  }
}

function mergeMember(shape: RawShape, name: string, member: RawMember, isOwn: boolean, report: Report): void {
  const known = shape.members.get(name);
  if (known && known.target !== member.target) {
    report.add({
      code: "mixin-conflict",
      message: `${name} targets ${quote(member.target)} here and ${quote(known.target)} in a mixin; it must be the same.`,
      shapeId: `${shape.id}$${name}`,
      location: isOwn ? member.location : shape.location,
    });
    return;
  }
  const copy: RawMember = {
    target: member.target,
    location: isOwn || !known ? member.location : known.location,
    traits: new Map(known?.traits),
    traitLocations: new Map(known?.traitLocations),
  };
  mergeTraits(copy, member, isOwn, new Set());
  shape.members.set(name, copy);
}

function localTraits(mixin: RawShape): Set<unknown> {
  const trait = mixin.traits.get(mixinTrait);
  const names = isJsonObject(trait) ? trait["localTraits"] : undefined;
  return new Set([mixinTrait, ...(Array.isArray(names) ? (names as unknown[]) : [])]);
}
