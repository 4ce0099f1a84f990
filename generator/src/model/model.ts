/** A model as it was read and checked: JSON AST 2.0 vocabulary, mixins and overlays applied, deeply frozen. */
export interface Model {
  /** The file that the model came from, or the first of several, as it was named by the caller. */
  readonly file: string;
  /** SHA-256, in hex, of the bytes of the model's files and its overlays, in order. */
  readonly hash: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * By absolute shape id, in the order of the file. Prelude shapes that the model targets are included, mixins are not:
   * they are only a way to write a model.
   */
  readonly shapes: ReadonlyMap<ShapeId, Shape>;
}

/** `namespace#Name`. */
export type ShapeId = string;

/** Trait values by absolute shape id of the trait. An annotation trait is `{}`. */
export type Traits = Readonly<Record<string, unknown>>;

export type SimpleType =
  | "blob"
  | "boolean"
  | "string"
  | "byte"
  | "short"
  | "integer"
  | "long"
  | "float"
  | "double"
  | "bigInteger"
  | "bigDecimal"
  | "timestamp"
  | "document";

export interface SimpleShape {
  readonly id: ShapeId;
  readonly type: SimpleType;
  readonly traits: Traits;
}

/** `enum` (values are strings) and `intEnum`. A string with the older `smithy.api#enum` trait is read as an `enum`. */
export interface EnumShape {
  readonly id: ShapeId;
  readonly type: "enum" | "intEnum";
  readonly traits: Traits;
  /** `smithy.api#enumValue` stands in each member's traits. */
  readonly members: ReadonlyMap<string, MemberShape>;
}

export interface ListShape {
  readonly id: ShapeId;
  /** A 1.0 `set` is read as a list with `smithy.api#uniqueItems`. */
  readonly type: "list";
  readonly traits: Traits;
  readonly member: MemberShape;
}

export interface MapShape {
  readonly id: ShapeId;
  readonly type: "map";
  readonly traits: Traits;
  readonly key: MemberShape;
  readonly value: MemberShape;
}

export interface AggregateShape {
  readonly id: ShapeId;
  readonly type: "structure" | "union";
  readonly traits: Traits;
  /** In the order of the file, mixed-in members first. */
  readonly members: ReadonlyMap<string, MemberShape>;
}

export interface MemberShape {
  /** `namespace#Name$member`. */
  readonly id: ShapeId;
  readonly name: string;
  readonly target: ShapeId;
  readonly traits: Traits;
}

export interface OperationShape {
  readonly id: ShapeId;
  readonly type: "operation";
  readonly traits: Traits;
  /** `smithy.api#Unit` where the model gives none. */
  readonly input: ShapeId;
  readonly output: ShapeId;
  readonly errors: readonly ShapeId[];
}

export interface ResourceShape {
  readonly id: ShapeId;
  readonly type: "resource";
  readonly traits: Traits;
  /** Every operation bound to this resource, lifecycle operations included, its own resources' excluded. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
}

export interface ServiceShape {
  readonly id: ShapeId;
  readonly type: "service";
  readonly traits: Traits;
  readonly version: string;
  /** Operations bound to the service itself; those of resources are found through `resources`. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
  /** Errors common to all operations. */
  readonly errors: readonly ShapeId[];
  /** Shape id → name in this service. */
  readonly rename: Readonly<Record<ShapeId, string>>;
}

export type Shape =
  SimpleShape | EnumShape | ListShape | MapShape | AggregateShape | OperationShape | ResourceShape | ServiceShape;
