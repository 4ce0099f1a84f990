import type { ShapeId } from "./model.js";
import { isJsonObject, type RawMember, type RawShape, type Report } from "./raw.js";

/**
 * Copies mixed-in members and traits into the shapes that use them: mixins in their order first, then the shape's own,
 * which win. What `localTraits` names stays with the mixin.
 *
 * @see https://smithy.io/2.0/spec/mixins.html
 */
export function applyMixins(shapes: ReadonlyMap<ShapeId, RawShape>, report: Report): void {
  const done = new Set<ShapeId>();
  const open = new Set<ShapeId>();

  const visit = (shape: RawShape): void => {
    if (done.has(shape.id)) return;
    open.add(shape.id);
    const members = new Map<string, RawMember>();
    const own = new Map(shape.traits);
    shape.traits.clear();
    shape.mixins.forEach((id, index) => {
      const path = [...shape.path, "mixins", index];
      const mixin = shapes.get(id);
      if (!mixin?.traits.has("smithy.api#mixin") && !open.has(id)) {
        const message = mixin
          ? `${id} is used as a mixin, but does not carry the mixin trait.`
          : `There is no shape ${id}.`;
        report({ code: mixin ? "not-a-mixin" : "dangling-target", shapeId: shape.id, path, message });
        return;
      }
      if (!mixin || open.has(id)) {
        report({ code: "mixin-cycle", shapeId: shape.id, path, message: `The mixin ${id} uses this shape in turn.` });
        return;
      }
      visit(mixin);
      const local = localTraits(mixin);
      for (const [trait, value] of mixin.traits) if (!local.has(trait)) shape.traits.set(trait, value);
      for (const [name, member] of mixin.members) members.set(name, { ...member, traits: new Map(member.traits) });
    });
    for (const [trait, value] of own) shape.traits.set(trait, value);
    for (const [name, member] of shape.members) {
      const mixedIn = members.get(name);
      members.set(name, mixedIn ? { ...member, traits: new Map([...mixedIn.traits, ...member.traits]) } : member);
    }
    shape.members = members;
    open.delete(shape.id);
    done.add(shape.id);
  };
  for (const shape of shapes.values()) visit(shape);
}

function localTraits(mixin: RawShape): Set<unknown> {
  const trait = mixin.traits.get("smithy.api#mixin");
  const names = isJsonObject(trait) ? trait["localTraits"] : undefined;
  return new Set(["smithy.api#mixin", ...(Array.isArray(names) ? (names as unknown[]) : [])]);
}
