/**
 * The intermediate representation (IR) of one service: the facts of its model, resolved and frozen, without TypeScript
 * syntax. All output is derived from it.
 */
import type { Lifecycle, ShapeId, SimpleType } from "../model/model.js";
import type { Names } from "./names.js";
import type { Partition } from "./partition.js";
import type { AuthOptionsIr, AuthSchemeIr, ProtocolSupport } from "./support.js";

export interface ServiceIr {
  readonly id: ShapeId;
  /** Name of the service shape, which awsJson sends in `X-Amz-Target`. */
  readonly shapeName: string;
  readonly version: string;
  /** `aws.api#service` `sdkId`, otherwise the name of the shape. */
  readonly sdkId: string;
  readonly title: string | undefined;
  readonly documentation: string | undefined;
  /** A service of AWS: its client has a Region and credentials, and a classic service object. */
  readonly isAws: boolean;
  readonly protocol: ProtocolSupport;
  /** `aws.protocols#awsQueryCompatible`. */
  readonly awsQueryCompatible: boolean;
  /** `noErrorWrapping` of `aws.protocols#restXml`: errors are root elements. */
  readonly noErrorWrapping: boolean;
  /** `name` of `aws.auth#sigv4` or `aws.auth#sigv4a`. Undefined if requests are not signed. */
  readonly signingName: string | undefined;
  /** Supported auth schemes of `smithy.api#auth`, in order of preference. */
  readonly authSchemes: readonly AuthSchemeIr[];
  /** Client options that the auth schemes of the service and its operations read. */
  readonly authOptions: readonly AuthOptionsIr[];
  /** How presigned URLs are made, if not as usual. Set by `customizations`, not by a trait. */
  readonly presignedUrls: "s3" | undefined;
  /** The model, an api-2 description, does not state the root elements of responses. */
  readonly anyRoot: boolean;
  /** Headers of every request, by lower-case name. Set by `customizations`, not by a trait. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** Retry defaults of the service, if they differ. Set by `customizations`, not by a trait. */
  readonly retry: { readonly maxAttempts: number; readonly transientBase: number } | undefined;
  readonly xmlNamespace: XmlNamespaceIr | undefined;
  /** `smithy.rules#endpointRuleSet`, as in the model. */
  readonly endpointRuleSet: unknown;
  /** `smithy.rules#endpointBdd`, as in the model. Undefined if there is a rule set, which is more readable. */
  readonly endpointBdd: unknown;
  /** Parameters of the rule set that are filled from the client's configuration: parameter → `builtIn`. */
  readonly endpointBuiltIns: Readonly<Record<string, string>>;
  /** Parameters of the rule set that are options of the service's client. */
  readonly endpointOptions: readonly EndpointOptionIr[];
  /** Sorted by name. */
  readonly operations: readonly OperationIr[];
  /** Modelled errors of the operations, sorted by name. */
  readonly errors: readonly StructureIr[];
  /** Structures, unions and enums that are reachable from the operations, sorted by name. */
  readonly shapes: ReadonlyMap<ShapeId, ShapeIr>;
  /** Structures, unions and enums that a shape refers to directly or through lists and maps, by shape. */
  readonly references: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  readonly names: Names;
  readonly partition: Partition;
  /** How output members are typed. */
  readonly outputs: OutputTypes;
}

/** `modelled`: members that the model requires are never absent; `optional`: any member may be absent. */
export type OutputTypes = "modelled" | "optional";

/** An option of the service's client, for a parameter of its endpoint rules. */
export interface EndpointOptionIr {
  /** Name of the option: `forcePathStyle`. */
  readonly name: string;
  readonly parameter: string;
  readonly type: "string" | "boolean" | "stringArray";
  readonly documentation: string | undefined;
  /** Allowed values, if they are known. */
  readonly values: readonly string[] | undefined;
  readonly default: string | boolean | readonly string[] | undefined;
  /** Environment variable and profile setting that are read if the option is not set. */
  readonly source: { readonly variable: string; readonly setting: string } | undefined;
}

export interface OperationIr {
  readonly id: ShapeId;
  /** Shape name: `LookupEvents`. */
  readonly name: string;
  /** Undefined if the operation has no input. */
  readonly input: StructureIr | undefined;
  readonly output: StructureIr | undefined;
  /** Modelled errors of the operation and its service, sorted by name. */
  readonly errors: readonly StructureIr[];
  readonly facts: DocFacts;
  /** Resource that the operation is bound to, otherwise its first `smithy.api#tags`. Documentation groups by it. */
  readonly group: string | undefined;
  /** What the operation does to the resource that it is bound to. Undefined without such a binding. */
  readonly lifecycle: Lifecycle | undefined;
  /** The `put` of a resource with `smithy.api#noReplace`, which only creates. */
  readonly noReplace: boolean;
  /** `smithy.api#readonly`. */
  readonly readonly: boolean;
  /** `smithy.api#idempotent` or `smithy.api#readonly`. */
  readonly idempotent: boolean;
  readonly auth: "none" | "optional" | undefined;
  /** The operation's own `smithy.api#auth`, if it differs from that of the service. */
  readonly authSchemes: readonly AuthSchemeIr[] | undefined;
  /** `smithy.api#longPoll`. Also set by `customizations`, for models without the trait. */
  readonly longPoll: boolean;
  /** `aws.auth#unsignedPayload`. */
  readonly unsignedPayload: boolean;
  readonly http: HttpIr | undefined;
  /** Prefixes that are removed from the values of URI labels. Set by `customizations`, not by a trait. */
  readonly labelPrefixes: readonly string[] | undefined;
  /** A response with status 200 may contain an error. Set by `customizations`, not by a trait. */
  readonly lateErrors: boolean;
  /** `aws.customizations#s3UnwrappedXmlOutput`. */
  readonly xmlUnwrapped: boolean;
  /**
   * Checksum of requests: `smithy.api#httpChecksumRequired` or `aws.protocols#httpChecksum`. `treeHash` is set by
   * `customizations`, not by a trait.
   */
  readonly requestChecksum:
    "md5" | "treeHash" | { readonly algorithmMember?: string; readonly optional?: true } | undefined;
  /** `aws.protocols#httpChecksum` of responses: `responseAlgorithms` and `requestValidationModeMember`. */
  readonly responseChecksum: { readonly algorithms: readonly string[]; readonly modeMember: string } | undefined;
  /** `encodings` of `smithy.api#requestCompression`, in order of preference. */
  readonly requestCompression: readonly string[] | undefined;
  /** `smithy.api#endpoint` `hostPrefix`. */
  readonly hostPrefix: string | undefined;
  /** `smithy.rules#staticContextParams`, by parameter. */
  readonly staticContextParams: Readonly<Record<string, string | boolean | readonly string[]>> | undefined;
  /** `smithy.rules#operationContextParams`: endpoint parameter → JMESPath into the input. */
  readonly operationContextParams: Readonly<Record<string, string>> | undefined;
  readonly endpointDiscovery: EndpointDiscoveryIr | undefined;
  /** The operation copies from another Region through a presigned URL. Set by `customizations`, not by a trait. */
  readonly regionalCopy: RegionalCopyIr | undefined;
  /** Features that no trait requires, with their argument, by symbol: see `customizations`. */
  readonly customFeatures: Readonly<Record<string, unknown>>;
  /** Features of the operation, in the order in which their hooks run. */
  readonly features: readonly FeatureIr[];
  readonly pagination: PaginationIr | undefined;
  /** Pagination of the classic service object, if an api-2 description contains more than `pagination` can express. */
  readonly classicPagination: ClassicPaginationIr | undefined;
  /** Sorted by name. */
  readonly waiters: readonly WaiterIr[];
  readonly examples: readonly ExampleIr[];
}

/** A call of the function that makes a feature, as data. */
export interface FeatureIr {
  /** Name of the function in the runtime's symbol table or in {@link module}. */
  readonly symbol: string;
  /** Module that exports the function. Undefined: the runtime. */
  readonly module: string | undefined;
  /** Packages that generated code needs for it, with their version ranges. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** May contain an {@link OperationReference}. */
  readonly arguments: readonly unknown[];
}

/** Refers to the descriptor of an operation in the arguments of a feature. */
export class OperationReference {
  readonly id: ShapeId;

  constructor(id: ShapeId) {
    this.id = id;
  }
}

export interface HttpIr {
  readonly method: string;
  readonly uri: string;
  readonly code: number;
}

/** Input members of an operation that copies from another Region. */
export interface RegionalCopyIr {
  /** Member that is set to the URL. */
  readonly url: string;
  /** Member with the source: its Region if there is a `destination`, otherwise its ARN. */
  readonly source: string;
  /** Member that is set to the client's Region. */
  readonly destination?: string;
}

/** `aws.api#clientDiscoveredEndpoint`, with the service's `aws.api#clientEndpointDiscovery`. */
export interface EndpointDiscoveryIr {
  /** The operation that returns endpoints. */
  readonly operation: ShapeId;
  readonly required: boolean;
  /** Shape name of the error for an endpoint that is no longer valid. */
  readonly error: string | undefined;
  /** `aws.api#clientEndpointDiscoveryId`: members of the input. */
  readonly ids: readonly string[];
}

/** `smithy.api#paginated`, merged with the service's, and `clientsmith#lastPage`; checked against the shapes. */
export interface PaginationIr {
  readonly inputToken: string;
  readonly outputToken: readonly string[];
  readonly items: { readonly path: readonly string[]; readonly member: MemberIr } | undefined;
  readonly pageSize: string | undefined;
  /** Path of the output member that is true while there are more pages. */
  readonly moreResults: readonly string[] | undefined;
  /** The last page returns the token that was sent for it. */
  readonly endsOnSameToken: boolean;
}

/** An entry of `paginators-1.json` as the runtime's `ClassicPagination`. */
export type ClassicPaginationIr = Readonly<Record<string, unknown>>;

/** One waiter of `smithy.waiters#waitable`, its paths checked against the shapes. */
export interface WaiterIr {
  readonly name: string;
  readonly facts: DocFacts;
  /** In seconds. */
  readonly minDelay: number;
  readonly maxDelay: number;
  /** Max number of requests of the classic service object, if an api-2 description has one. */
  readonly maxAttempts: number | undefined;
  /** The first one that matches decides. */
  readonly acceptors: readonly AcceptorIr[];
}

export interface AcceptorIr {
  readonly state: "success" | "failure" | "retry";
  readonly matcher:
    | { readonly kind: "success"; readonly success: boolean }
    /** Name of the error in the client. */
    | { readonly kind: "errorType"; readonly name: string }
    /** HTTP status of the error, which waiters of api-2 may use. */
    | { readonly kind: "status"; readonly status: number }
    | ({ readonly kind: "output" | "inputOutput" } & PathMatcherIr);
}

/** A JMESPath expression and the expected value. */
export interface PathMatcherIr {
  readonly path: string;
  readonly comparator: "stringEquals" | "booleanEquals" | "allStringEquals" | "anyStringEquals";
  readonly expected: string;
}

/** One entry of `smithy.api#examples` that shows a successful call. */
export interface ExampleIr {
  readonly title: string;
  readonly documentation: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  /** Undefined if the example has none, or one that does not match the output shape. */
  readonly output: Readonly<Record<string, unknown>> | undefined;
}

/** Facts for the documentation of a shape or member. */
export interface DocFacts {
  /** CommonMark or HTML, as in the model. */
  readonly documentation: string | undefined;
  readonly deprecated: { readonly message?: string; readonly since?: string } | undefined;
  /** `smithy.api#since`. */
  readonly since: string | undefined;
  /** `smithy.api#externalDocumentation`: title → URL. */
  readonly links: Readonly<Record<string, string>> | undefined;
  /** `clientsmith.docs#featured`, for overlays: the README of the package shows this operation. */
  readonly featured: boolean;
}

export type ShapeIr = StructureIr | UnionIr | EnumIr;

interface AggregateIr {
  readonly id: ShapeId;
  /** Name in the service, after its `rename`. */
  readonly name: string;
  readonly members: readonly MemberIr[];
  readonly facts: DocFacts;
  /** Whether the shape is used in inputs, in outputs, or both. */
  readonly inInput: boolean;
  readonly inOutput: boolean;
  readonly xmlName: string | undefined;
  readonly xmlNamespace: XmlNamespaceIr | undefined;
}

export interface StructureIr extends AggregateIr {
  readonly type: "structure";
  readonly error: ErrorIr | undefined;
}

export interface UnionIr extends AggregateIr {
  readonly type: "union";
  /**
   * The members of an event stream that are errors, by name. They are not among `members`, because an error is thrown.
   * Undefined if the union is not an event stream.
   */
  readonly eventErrors: Readonly<Record<string, ShapeId>> | undefined;
}

export interface XmlNamespaceIr {
  readonly uri: string;
  readonly prefix?: string;
}

export interface ErrorIr {
  readonly fault: "client" | "server";
  readonly status: number | undefined;
  readonly queryErrorCode: string | undefined;
  /** The status over awsQuery, if it differs. */
  readonly queryStatus: number | undefined;
  readonly retryable: true | "throttling" | undefined;
}

export interface EnumIr {
  readonly type: "enum" | "intEnum";
  readonly id: ShapeId;
  readonly name: string;
  readonly facts: DocFacts;
  readonly values: readonly EnumValueIr[];
}

export interface EnumValueIr {
  readonly name: string;
  readonly value: string | number;
  readonly facts: DocFacts;
}

export type TypeIr =
  | { readonly type: SimpleType }
  | { readonly type: "enum" | "intEnum"; readonly shape: ShapeId; readonly internal?: readonly string[] }
  | { readonly type: "structure" | "union"; readonly shape: ShapeId }
  | { readonly type: "list"; readonly member: MemberIr }
  | { readonly type: "map"; readonly key: MemberIr; readonly value: MemberIr };

/** A member with the traits of its target merged in. Its own traits take precedence. */
export interface MemberIr {
  readonly id: ShapeId;
  readonly name: string;
  readonly type: TypeIr;
  readonly facts: DocFacts;
  readonly required: boolean;
  readonly clientOptional: boolean;
  readonly sensitive: boolean;
  readonly idempotencyToken: boolean;
  /** Value that the client sends if an input member is not set. Set by `customizations`, not by a trait. */
  readonly clientDefault: string | undefined;
  /** Reason of `smithy.api#recommended`. Empty if the trait has none. */
  readonly recommended: string | undefined;
  /** `smithy.api#default`. Undefined if it is absent or null. */
  readonly default: unknown;
  readonly length: BoundsIr | undefined;
  readonly range: BoundsIr | undefined;
  readonly pattern: PatternIr | undefined;
  readonly uniqueItems: boolean;
  readonly sparse: boolean;
  readonly timestampFormat: "date-time" | "http-date" | "epoch-seconds" | undefined;
  readonly mediaType: string | undefined;
  /** `smithy.api#streaming` on a blob that is the HTTP payload: a streaming body. */
  readonly streaming: boolean;
  /** `smithy.api#streaming` on a union, in an input or output: an event stream. */
  readonly eventStream: boolean;
  /** `smithy.api#requiresLength`. */
  readonly requiresLength: boolean;
  /** `smithy.rules#contextParam`: name of the endpoint parameter. */
  readonly contextParam: string | undefined;
  /** Traits that only some protocols read (`jsonName`, `httpHeader`, `xmlName` …), by name without namespace. */
  readonly bindings: Readonly<Record<string, unknown>>;
}

export interface BoundsIr {
  readonly min?: number;
  readonly max?: number;
}

/** A model's pattern as a JavaScript regular expression. */
export interface PatternIr {
  readonly source: string;
  readonly flags: string;
}

/** Freezes plain objects and arrays deeply. Objects that are already frozen are skipped. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const inside: Iterable<unknown> = value instanceof Map ? value.values() : Object.values(value);
  for (const item of inside) deepFreeze(item);
  return value;
}
