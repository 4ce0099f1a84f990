import type { ShapeId } from "../model.js";
import { primitiveDefault } from "./prelude.js";
import type { RawMember, RawShape } from "./raw.js";
import type { Source } from "../source/source.js";

/** Types with a default value in version 1.0, and that value. */
const zeros: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["boolean", false],
  ["byte", 0],
  ["short", 0],
  ["integer", 0],
  ["long", 0],
  ["float", 0],
  ["double", 0],
  ["intEnum", 0],
]);
const box = "smithy.api#box";
const defaultTrait = "smithy.api#default";

/**
 * Upgrades shapes from 1.0 to 2.0: implicit zero values and empty streams become `default` traits. `box` becomes a
 * `default` of `null` on members and is dropped elsewhere. Sets are read as lists in both versions.
 *
 * @see https://smithy.io/2.0/guides/model-translations/migrating-idl-1-to-2.html
 */
export function upgrade(shapes: ReadonlyMap<ShapeId, RawShape>, version1: ReadonlySet<Source>): void {
  const old = [...shapes.values()].filter(({ location }) => version1.has(location.source));
  for (const shape of old) {
    if (shape.type !== "structure") continue;
    for (const member of shape.members.values()) upgradeMember(member, shapes);
  }
  for (const shape of old) {
    const zero = zeros.get(shape.type);
    if (zero !== undefined && !shape.traits.has(box)) setDefault(shape.traits, zero);
    shape.traits.delete(box);
  }
}

function upgradeMember({ target, traits }: RawMember, shapes: ReadonlyMap<ShapeId, RawShape>): void {
  if (traits.has(box)) setDefault(traits, null);
  traits.delete(box);
  const shape = shapes.get(target);
  if (!shape) {
    const zero = primitiveDefault(target);
    if (zero !== undefined) setDefault(traits, zero);
    return;
  }
  const zero = zeros.get(shape.type);
  if (zero !== undefined && !shape.traits.has(box)) setDefault(traits, zero);
  const isStream = shape.type === "blob" && shape.traits.has("smithy.api#streaming");
  if (isStream && !traits.has("smithy.api#required")) setDefault(traits, "");
}

function setDefault(traits: Map<string, unknown>, value: unknown): void {
  if (!traits.has(defaultTrait)) traits.set(defaultTrait, value);
}
