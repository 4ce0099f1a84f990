import type { Shape, ShapeId, SimpleType } from "../model.js";
import { byName, preludeTraits } from "./prelude-traits.js";

const simple: Readonly<Record<string, SimpleType>> = {
  Blob: "blob",
  Boolean: "boolean",
  String: "string",
  Byte: "byte",
  Short: "short",
  Integer: "integer",
  Long: "long",
  Float: "float",
  Double: "double",
  BigInteger: "bigInteger",
  BigDecimal: "bigDecimal",
  Timestamp: "timestamp",
  Document: "document",
};

/** Prelude shapes of 1.0 whose members have a default value. */
const primitive: Readonly<Record<string, readonly [SimpleType, boolean | number]>> = {
  PrimitiveBoolean: ["boolean", false],
  PrimitiveByte: ["byte", 0],
  PrimitiveShort: ["short", 0],
  PrimitiveInteger: ["integer", 0],
  PrimitiveLong: ["long", 0],
  PrimitiveFloat: ["float", 0],
  PrimitiveDouble: ["double", 0],
};

/**
 * The prelude: shapes that every model may target without defining them.
 *
 * @see https://smithy.io/2.0/spec/model.html#prelude
 */
export const prelude: ReadonlyMap<ShapeId, Shape> = new Map<ShapeId, Shape>([
  ...Object.entries(simple).map(([name, type]) => entry({ id: `smithy.api#${name}`, type, traits: {} })),
  ...Object.entries(primitive).map(([name, [type, value]]) =>
    entry({ id: `smithy.api#${name}`, type, traits: { "smithy.api#default": value } }),
  ),
  entry({
    id: "smithy.api#Unit",
    type: "structure",
    traits: { "smithy.api#unitType": {} },
    members: new Map(),
  }),
]);

function entry(shape: Shape): [ShapeId, Shape] {
  Object.freeze(shape.traits);
  return [shape.id, Object.freeze(shape)];
}

/** Default value of a prelude shape. Undefined if it has none. */
export function primitiveDefault(id: ShapeId): unknown {
  return prelude.get(id)?.traits["smithy.api#default"];
}

/** Shapes that the prelude's traits are made of, and that nothing else may target. */
const privateShapes: ReadonlyMap<string, string> = byName({
  list:
    "IdempotentErrors LocalMixinTraitList Namespaces NonEmptyStringList RequestCompressionEncodingsList ShapeClosures " +
    "TraitDiffRules TraitShapeIdList",
  structure: "EnumDefinition Example ExampleError Reference ShapeClosure TraitDiffRule TraitValidator",
  enum: "HttpApiKeyLocations Severity StructurallyExclusive TraitChangeType",
  string:
    "AuthTraitReference ClosureId CommonMark EnumConstantBodyName Identifier LocalMixinTrait NonEmptyString " +
    "TraitShapeId",
  map: "NonEmptyStringMap Renames",
});

/** The type of a shape of the prelude, be it for all to target, a trait, or a part of one; undefined of others. */
export function preludeType(id: ShapeId): string | undefined {
  const name = id.startsWith("smithy.api#") ? id.slice("smithy.api#".length) : "";
  return prelude.get(id)?.type ?? preludeTraits.get(name) ?? privateShapes.get(name);
}
