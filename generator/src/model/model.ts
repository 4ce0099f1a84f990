/** A validated model: Smithy 2.0, with mixins and overlays applied, deeply frozen. */
export interface Model {
  /** File of the model, or the first of several, as named by the caller. */
  readonly file: string;
  /** SHA-256 of the bytes of the model's files and overlays, in order, in hex. */
  readonly hash: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * Shapes by absolute shape ID, in the order of the file. Includes prelude shapes that the model targets. Does not
   * include mixins, which are already applied.
   */
  readonly shapes: ReadonlyMap<ShapeId, Shape>;
}

/** `namespace#Name`. */
export type ShapeId = string;

/** Trait values by absolute shape ID of the trait. The value of an annotation trait is `{}`. */
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

/** `enum` (string values) or `intEnum`. A string with the deprecated `smithy.api#enum` trait is read as an `enum`. */
export interface EnumShape {
  readonly id: ShapeId;
  readonly type: "enum" | "intEnum";
  readonly traits: Traits;
  /** The value of a member is its `smithy.api#enumValue` trait. */
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
  /** Members in the order of the file, mixed-in members first. */
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
  /** `smithy.api#Unit` if the operation has none. */
  readonly input: ShapeId;
  readonly output: ShapeId;
  readonly errors: readonly ShapeId[];
}

export interface ResourceShape {
  readonly id: ShapeId;
  readonly type: "resource";
  readonly traits: Traits;
  /** Operations bound to this resource, including lifecycle operations, but not those of its child resources. */
  readonly operations: readonly ShapeId[];
  /** The lifecycle operations among them. */
  readonly lifecycle: Readonly<Partial<Record<Lifecycle, ShapeId>>>;
  readonly resources: readonly ShapeId[];
}

/**
 * What an operation does to its resource.
 *
 * @see https://smithy.io/2.0/spec/service-types.html#resource-lifecycle-operations
 */
export type Lifecycle = "create" | "put" | "read" | "update" | "delete" | "list";

export interface ServiceShape {
  readonly id: ShapeId;
  readonly type: "service";
  readonly traits: Traits;
  readonly version: string;
  /** Operations bound to the service itself. Those of its resources are in `resources`. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
  /** Errors common to all operations. */
  readonly errors: readonly ShapeId[];
  /** New names by shape ID. */
  readonly rename: Readonly<Record<ShapeId, string>>;
}

export type Shape =
  SimpleShape | EnumShape | ListShape | MapShape | AggregateShape | OperationShape | ResourceShape | ServiceShape;
