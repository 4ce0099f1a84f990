/**
 * What the generator knows about one service: facts of its model, resolved and frozen, without TypeScript syntax.
 * Everything that is decided about output starts from these.
 */
import type { ShapeId, SimpleType } from "../model/model.js";
import type { Names } from "./names.js";
import type { Partition } from "./partition.js";

export interface ServiceIr {
  readonly id: ShapeId;
  /** Name of the service shape, which awsJson sends on the wire. */
  readonly shapeName: string;
  readonly version: string;
  /** `aws.api#service` `sdkId`, else the shape's name. */
  readonly sdkId: string;
  readonly title: string | undefined;
  readonly documentation: string | undefined;
  readonly protocol: ProtocolSupport;
  /** `aws.protocols#awsQueryCompatible`. */
  readonly awsQueryCompatible: boolean;
  /** `aws.auth#sigv4` `name`, or that of `aws.auth#sigv4a`; undefined for a service that is not signed. */
  readonly signingName: string | undefined;
  /** How requests are authenticated, best first: of `smithy.api#auth` what is supported. */
  readonly authSchemes: readonly AuthSchemeIr[];
  /** Client options that the auth schemes of the service and its operations read. */
  readonly authOptions: readonly AuthOptionsIr[];
  /** The model, an api-2 description, does not say what the root elements of responses are. */
  readonly anyRoot: boolean;
  /** Headers that every request carries, by lower-case name; no trait says so. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly xmlNamespace: XmlNamespaceIr | undefined;
  /** `smithy.rules#endpointRuleSet`, as it stands in the model. */
  readonly endpointRuleSet: unknown;
  /** `smithy.rules#endpointBdd`, as it stands in the model; undefined where there is a rule set, which reads better. */
  readonly endpointBdd: unknown;
  /** Parameters of the rule set that a client's configuration fills: parameter → `builtIn`. */
  readonly endpointBuiltIns: Readonly<Record<string, string>>;
  /** Parameters of the rule set that are options of the service's client. */
  readonly endpointOptions: readonly EndpointOptionIr[];
  /** In the order of their names. */
  readonly operations: readonly OperationIr[];
  /** Modelled errors of the operations, in the order of their names. */
  readonly errors: readonly StructureIr[];
  /** Structures, unions and enums that the operations reach, in the order of their names. */
  readonly shapes: ReadonlyMap<ShapeId, ShapeIr>;
  /** By shape: the structures, unions and enums that it refers to directly, or through lists and maps. */
  readonly references: ReadonlyMap<ShapeId, readonly ShapeId[]>;
  readonly names: Names;
  readonly partition: Partition;
}

/** An option of the service's client, for a parameter of its endpoint rules. */
export interface EndpointOptionIr {
  /** Name of the option: `forcePathStyle`. */
  readonly name: string;
  readonly parameter: string;
  readonly type: "string" | "boolean" | "stringArray";
  readonly documentation: string | undefined;
  /** All that it can be, where that is known. */
  readonly values: readonly string[] | undefined;
  readonly default: string | boolean | readonly string[] | undefined;
  /** Environment variable and setting of the profile that are read where the option is not given. */
  readonly source: { readonly variable: string; readonly setting: string } | undefined;
}

export interface OperationIr {
  readonly id: ShapeId;
  /** Shape name: `LookupEvents`. */
  readonly name: string;
  /** Undefined where the model gives none. */
  readonly input: StructureIr | undefined;
  readonly output: StructureIr | undefined;
  /** Modelled errors of the operation and its service, in the order of their names. */
  readonly errors: readonly StructureIr[];
  readonly facts: DocFacts;
  /** `smithy.api#readonly`. */
  readonly readonly: boolean;
  /** `smithy.api#idempotent`; what only reads is so too. */
  readonly idempotent: boolean;
  readonly auth: "none" | "optional" | undefined;
  /** The operation's own `smithy.api#auth`, where that differs from the service's. */
  readonly authSchemes: readonly AuthSchemeIr[] | undefined;
  /** `aws.auth#unsignedPayload`. */
  readonly unsignedPayload: boolean;
  readonly http: HttpIr | undefined;
  /** What its labels are sent without where they begin with it. No trait says so: see `customizations`. */
  readonly labelPrefixes: readonly string[] | undefined;
  /** An answer of status 200 may hold an error. No trait says so: see `customizations`. */
  readonly lateErrors: boolean;
  /** `aws.customizations#s3UnwrappedXmlOutput`. */
  readonly xmlUnwrapped: boolean;
  /**
   * The checksum that requests carry: `smithy.api#httpChecksumRequired`, or `aws.protocols#httpChecksum`. `treeHash` no trait
   * says: see `customizations`.
   */
  readonly requestChecksum: "md5" | "treeHash" | { readonly algorithmMember?: string } | undefined;
  /** `smithy.api#requestCompression` `encodings`, best first. */
  readonly requestCompression: readonly string[] | undefined;
  /** `smithy.api#endpoint` `hostPrefix`. */
  readonly hostPrefix: string | undefined;
  /** `smithy.rules#staticContextParams`, by parameter. */
  readonly staticContextParams: Readonly<Record<string, string | boolean | readonly string[]>> | undefined;
  /** `smithy.rules#operationContextParams`: endpoint parameter → JMESPath into the input. */
  readonly operationContextParams: Readonly<Record<string, string>> | undefined;
  readonly endpointDiscovery: EndpointDiscoveryIr | undefined;
  /** It copies from another Region, which is asked by a presigned URL. No trait says so: see `customizations`. */
  readonly regionalCopy: RegionalCopyIr | undefined;
  /** What it needs beyond a plain call, in the order in which the hooks of a stage run. */
  readonly features: readonly FeatureIr[];
  readonly pagination: PaginationIr | undefined;
  /** How the classic service object pages, where an api-2 description says more than `pagination` can. */
  readonly classicPagination: ClassicPaginationIr | undefined;
  /** In the order of their names. */
  readonly waiters: readonly WaiterIr[];
  readonly examples: readonly ExampleIr[];
}

/** A call of the function that makes a feature, as data. */
export interface FeatureIr {
  /** Name of the function, in the runtime's symbol table or in {@link module}. */
  readonly symbol: string;
  /** What exports the function, where that is not the runtime. */
  readonly module: string | undefined;
  /** May hold an {@link OperationReference}. */
  readonly arguments: readonly unknown[];
}

/** Stands for the descriptor of an operation in the arguments of a feature. */
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
  /** Gets the URL. */
  readonly url: string;
  /** An ARN, whose Region it is; where there is a `destination`, the Region itself. */
  readonly source: string;
  /** Gets the client's Region. */
  readonly destination?: string;
}

/** `aws.api#clientDiscoveredEndpoint`, with the service's `aws.api#clientEndpointDiscovery`. */
export interface EndpointDiscoveryIr {
  /** The operation that tells the endpoint. */
  readonly operation: ShapeId;
  readonly required: boolean;
  /** Shape name of the error that says that the endpoint no longer holds. */
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

/** What `ClassicPagination` of the runtime describes; read from an entry of `paginators-1.json`. */
export type ClassicPaginationIr = Readonly<Record<string, unknown>>;

/** One waiter of `smithy.waiters#waitable`, its paths checked against the shapes. */
export interface WaiterIr {
  readonly name: string;
  readonly facts: DocFacts;
  /** In seconds. */
  readonly minDelay: number;
  readonly maxDelay: number;
  /** Requests of the classic service object at most, where an api-2 description says so. */
  readonly maxAttempts: number | undefined;
  /** The first that matches counts. */
  readonly acceptors: readonly AcceptorIr[];
}

export interface AcceptorIr {
  readonly state: "success" | "failure" | "retry";
  readonly matcher:
    | { readonly kind: "success"; readonly success: boolean }
    /** By the name that the error has in the client. */
    | { readonly kind: "errorType"; readonly name: string }
    /** By the status of a failure, as waiters of api-2 name some. */
    | { readonly kind: "status"; readonly status: number }
    | ({ readonly kind: "output" | "inputOutput" } & PathMatcherIr);
}

/** What a JMESPath leads to, and what is expected there. */
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
}

/** What documentation says about anything. */
export interface DocFacts {
  /** CommonMark or HTML, as in the model. */
  readonly documentation: string | undefined;
  readonly deprecated: { readonly message?: string; readonly since?: string } | undefined;
  /** `smithy.api#externalDocumentation`: title → URL. */
  readonly links: Readonly<Record<string, string>> | undefined;
}

export type ShapeIr = StructureIr | UnionIr | EnumIr;

interface AggregateIr {
  readonly id: ShapeId;
  /** Name in the service, after its `rename`. */
  readonly name: string;
  readonly members: readonly MemberIr[];
  readonly facts: DocFacts;
  /** Which way values of this shape travel. */
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
}

export interface XmlNamespaceIr {
  readonly uri: string;
  readonly prefix?: string;
}

export interface ErrorIr {
  readonly fault: "client" | "server";
  readonly status: number | undefined;
  readonly queryErrorCode: string | undefined;
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
  | { readonly type: "enum" | "intEnum"; readonly shape: ShapeId }
  | { readonly type: "structure" | "union"; readonly shape: ShapeId }
  | { readonly type: "list"; readonly member: MemberIr }
  | { readonly type: "map"; readonly key: MemberIr; readonly value: MemberIr };

/** A member with the traits of its target merged in; its own win. */
export interface MemberIr {
  readonly id: ShapeId;
  readonly name: string;
  readonly type: TypeIr;
  readonly facts: DocFacts;
  readonly required: boolean;
  readonly clientOptional: boolean;
  readonly sensitive: boolean;
  readonly idempotencyToken: boolean;
  /** What the client sends of an input member that is not set; no trait says so. */
  readonly clientDefault: string | undefined;
  /** `smithy.api#recommended`: the reason, empty where none is given. */
  readonly recommended: string | undefined;
  /** `smithy.api#default`; undefined where there is none or it is null. */
  readonly default: unknown;
  readonly length: BoundsIr | undefined;
  readonly range: BoundsIr | undefined;
  readonly pattern: PatternIr | undefined;
  readonly uniqueItems: boolean;
  readonly sparse: boolean;
  readonly timestampFormat: "date-time" | "http-date" | "epoch-seconds" | undefined;
  readonly mediaType: string | undefined;
  /** `smithy.api#streaming` on a blob: it is the body, sent and received in parts. */
  readonly streaming: boolean;
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

/** Freezes plain objects and arrays all the way down; what is frozen already is taken as done. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const inside: Iterable<unknown> = value instanceof Map ? value.values() : Object.values(value);
  for (const item of inside) deepFreeze(item);
  return value;
}

/** An auth scheme of the runtime or of a plug-in's package. */
export interface AuthSchemeIr {
  /** Shape ID of the trait. */
  readonly id: ShapeId;
  /** Its name in the `authSchemes` of endpoint rules: `sigv4a`. */
  readonly name: string;
  /** What the names of the schemes begin with that use the same identity: `sigv4`. */
  readonly family: string;
  /** The function that makes it: a name of the runtime's symbol table, or an export of {@link module}. */
  readonly symbol: string;
  /** What generated code imports the function from, where that is not the runtime: `example-auth/token`. */
  readonly module?: string | undefined;
  /** Client options that it reads. */
  readonly options?: AuthOptionsIr | undefined;
}

/** Client options that an auth scheme reads. */
export interface AuthOptionsIr {
  readonly names: readonly string[];
  /** The interface that declares them, from where the scheme is imported. */
  readonly type: string;
}

/** A protocol that generated clients can speak. */
export interface ProtocolSupport {
  /** Shape id of the trait. */
  readonly id: string;
  /** The constant of the runtime that speaks it. */
  readonly symbol: string;
  /** Members of {@link MemberIr.bindings} that it reads, and so the descriptors carry. */
  readonly bindings: readonly string[];
  /** Whether it reads `xmlName` and `xmlNamespace` of structures. */
  readonly xml: boolean;
  /** Whether it reads `smithy.api#http` of operations. */
  readonly http: boolean;
  /** Whether the local service of `@clientsmith/runtime/testing` speaks it. */
  readonly local: boolean;
  /** What generated code imports the constant from, where not from the runtime. */
  readonly module?: string;
  /** Packages that the runtime needs for it: a generated package that speaks it depends on them. */
  readonly dependencies?: Readonly<Record<string, string>>;
}
