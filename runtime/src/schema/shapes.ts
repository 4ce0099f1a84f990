/**
 * The descriptors in generated code: one plain constant per structure or union, readable as data. Validators, writers,
 * readers and redaction are derived from them once, at first use.
 *
 * Field names are those of Smithy: a member holds its target and the traits of both, merged.
 *
 * @see https://smithy.io/2.0/spec/model.html
 */

/** A Smithy structure. `name` is the shape's name in the service (after `rename`). */
export interface StructureShape {
  readonly type: "structure";
  readonly name: string;
  readonly members: Readonly<Record<string, Member>>;
  readonly xmlName?: string;
  readonly xmlNamespace?: XmlNamespace;
  /** Present on structures with `smithy.api#error`. */
  readonly error?: ErrorTraits;
}

/** A Smithy union: exactly one member is set. */
export interface UnionShape {
  readonly type: "union";
  readonly name: string;
  readonly members: Readonly<Record<string, Member>>;
  readonly xmlName?: string;
  readonly xmlNamespace?: XmlNamespace;
}

export interface ErrorTraits {
  /** `smithy.api#error`: the side that caused the error. */
  readonly fault: "client" | "server";
  /** `smithy.api#httpError`. */
  readonly status?: number;
  /** `aws.protocols#awsQueryError`: the code on the wire if it is not the shape's name. */
  readonly queryErrorCode?: string;
  /** `smithy.api#retryable`. */
  readonly retryable?: true | "throttling";
}

export interface XmlNamespace {
  readonly uri: string;
  readonly prefix?: string;
}

/** A structure or union, directly or behind a function (if the constant is declared later or is part of a cycle). */
export type Target = StructureShape | UnionShape | (() => StructureShape | UnionShape);

/**
 * `smithy.api#length`: number of characters of a string (Unicode scalar values), bytes of a blob, entries of a list or
 * map.
 */
export interface Length {
  readonly min?: number;
  readonly max?: number;
}

/** `smithy.api#range`, inclusive. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

/** Traits that any member may carry; binding traits only if the service's protocols use them. */
export interface MemberTraits {
  /** `smithy.api#required`. Checked in inputs only. */
  readonly required?: true;
  /**
   * `smithy.api#clientOptional` on a required member: a service may stop sending it, so its absence is not an error.
   */
  readonly clientOptional?: true;
  /** `smithy.api#sensitive` on the member's target: never logged. */
  readonly sensitive?: true;
  /** `smithy.api#idempotencyToken`: filled with a UUID if not set. */
  readonly idempotencyToken?: true;
  /**
   * The value sent for an input member that is not set. Unlike `default`, it is the client's: the service requires a
   * value.
   */
  readonly clientDefault?: string;
  /** `smithy.api#default`, a JSON value in the model's form. */
  readonly default?: unknown;
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlAttribute?: true;
  readonly xmlFlattened?: true;
  readonly xmlNamespace?: XmlNamespace;
  readonly ec2QueryName?: string;
  readonly httpLabel?: true;
  readonly httpQuery?: string;
  readonly httpQueryParams?: true;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: true;
  readonly httpResponseCode?: true;
  readonly hostLabel?: true;
  /** In an event: a header of its message. */
  readonly eventHeader?: true;
  /** In an event: the payload of its message. */
  readonly eventPayload?: true;
}

/** A member that targets a structure or union. */
export interface TargetMember extends MemberTraits {
  readonly target: Target;
}

export interface StringMember extends MemberTraits {
  readonly type: "string";
  readonly length?: Length;
  /** `smithy.api#pattern`, as the source of a JavaScript regular expression. */
  readonly pattern?: string;
  /** Flags of `pattern`; default `u`. */
  readonly patternFlags?: string;
  /** The known values of an enum: the constant that the package exports for it. */
  readonly enum?: Readonly<Record<string, string>>;
  /** Values of the enum with `smithy.api#internal`, which services accept and do not name in messages. */
  readonly internal?: readonly string[];
  readonly mediaType?: string;
}

export interface BooleanMember extends MemberTraits {
  readonly type: "boolean";
}

export interface NumberMember extends MemberTraits {
  readonly type: "byte" | "short" | "integer" | "long" | "float" | "double";
  readonly range?: Range;
  /** The known values of an intEnum. */
  readonly enum?: Readonly<Record<string, number>>;
}

/** In TypeScript, `bigInteger` is a `bigint` and `bigDecimal` is a string with a decimal number. */
export interface BigNumberMember extends MemberTraits {
  readonly type: "bigInteger" | "bigDecimal";
  readonly range?: Range;
}

export interface TimestampMember extends MemberTraits {
  readonly type: "timestamp";
  readonly timestampFormat?: TimestampFormat;
}

export interface BlobMember extends MemberTraits {
  readonly type: "blob";
  /** `smithy.api#streaming`: a streaming body. */
  readonly streaming?: true;
  /** `smithy.api#requiresLength`: sent only if its length is known. */
  readonly requiresLength?: true;
  readonly length?: Length;
  readonly mediaType?: string;
}

/** `smithy.api#streaming` on a union: an event stream. */
export interface EventStreamMember extends MemberTraits {
  readonly type: "eventStream";
  readonly streaming: true;
  /** The union of its events, without those that are errors. */
  readonly events: Target;
}

/** Any JSON value. */
export interface DocumentMember extends MemberTraits {
  readonly type: "document";
}

export interface ListMember extends MemberTraits {
  readonly type: "list";
  readonly member: Member;
  readonly length?: Length;
  readonly sparse?: true;
  readonly uniqueItems?: true;
}

export interface MapMember extends MemberTraits {
  readonly type: "map";
  readonly key: StringMember;
  readonly value: Member;
  readonly length?: Length;
  readonly sparse?: true;
}

/** The target of a member: a reference to a structure or union, or an inline simple, list or map shape. */
export type Member =
  | TargetMember
  | StringMember
  | BooleanMember
  | NumberMember
  | BigNumberMember
  | TimestampMember
  | BlobMember
  | EventStreamMember
  | DocumentMember
  | ListMember
  | MapMember;

/** A member of a simple type. */
export type SimpleMember = Exclude<Member, TargetMember | ListMember | MapMember>;

/** The structure or union that a member targets. */
export function targetOf({ target }: Pick<TargetMember, "target">): StructureShape | UnionShape {
  return typeof target === "function" ? target() : target;
}

/** The event stream of an input or output, with its name; undefined if it has none. */
export function eventStreamOf({ members }: StructureShape): readonly [string, EventStreamMember] | undefined {
  for (const [name, member] of Object.entries(members)) if ("events" in member) return [name, member];
  return undefined;
}

/** Whether the descriptor is that of `smithy.api#Unit`: the operation has no input or no output. */
export function isUnit({ name, members }: StructureShape): boolean {
  return name === "Unit" && Object.keys(members).length === 0;
}

/** The innermost member of nested lists and maps; any other member itself. */
export function innermost(member: Member): Member {
  if ("type" in member && member.type === "list") return innermost(member.member);
  if ("type" in member && member.type === "map") return innermost(member.value);
  return member;
}
