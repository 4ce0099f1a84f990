import type {
  BigNumberMember,
  BlobMember,
  ListMember,
  MapMember,
  Member,
  NumberMember,
  StringMember,
  StructureShape,
  UnionShape,
} from "../schema/shapes.js";

/** What may carry `smithy.api#length`. */
export type MeasuredMember = StringMember | BlobMember | ListMember | MapMember;

/**
 * One breach of the model as the checks find it: the descriptor that is broken and what it was found with, no words.
 * Sizes are noted, since the owner of the input may change it before it is put in words.
 */
export type Breach =
  | { readonly rule: "required" }
  | { readonly rule: "type"; readonly wanted: Member | StructureShape | UnionShape; readonly value: unknown }
  /** Null or undefined where a list or map has to have a value. */
  | { readonly rule: "type"; readonly hole: unknown }
  | { readonly rule: "type"; readonly tooDeep: true }
  | { readonly rule: "unknown"; readonly shape: StructureShape | UnionShape; readonly name: string }
  | { readonly rule: "union"; readonly shape: UnionShape; readonly set: readonly string[] }
  | { readonly rule: "length"; readonly member: MeasuredMember; readonly size: number }
  | { readonly rule: "range"; readonly member: NumberMember | BigNumberMember; readonly value: number }
  | { readonly rule: "pattern"; readonly member: StringMember; readonly value: string }
  | { readonly rule: "enum"; readonly member: StringMember | NumberMember; readonly value: string | number }
  | { readonly rule: "uniqueItems" };

/** A breach and where it is. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly breach: Breach;
  /** True inside a sensitive member: the value must not be shown. */
  readonly sensitive: boolean;
}
