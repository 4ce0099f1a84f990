import type { ShapeId } from "../model/model.js";

/** An auth scheme of the runtime or of a plug-in's package. */
export interface AuthSchemeIr {
  /** Shape ID of the trait. */
  readonly id: ShapeId;
  /** Its name in the `authSchemes` of endpoint rules: `sigv4a`. */
  readonly name: string;
  /** Common prefix of the names of the schemes that use the same identity: `sigv4`. */
  readonly family: string;
  /** Function that creates the scheme: a name in the runtime's symbol table, or an export of {@link module}. */
  readonly symbol: string;
  /** Name of the operation that the scheme calls. A service without it does not have the scheme. */
  readonly operation?: string | undefined;
  /** Module that exports the function: `example-auth/token`. Undefined: the runtime. */
  readonly module?: string | undefined;
  /** Packages that generated code needs for it, with their ranges. */
  readonly dependencies?: Readonly<Record<string, string>> | undefined;
  /** What the function is called with, as data. */
  readonly arguments?: readonly unknown[] | undefined;
  /** Client options that it reads. */
  readonly options?: AuthOptionsIr | undefined;
}

/** Client options that an auth scheme reads. */
export interface AuthOptionsIr {
  readonly names: readonly string[];
  /** The interface that declares them, exported by the same module as the scheme. */
  readonly type: string;
}

/** A protocol that generated clients support. */
export interface ProtocolSupport {
  /** Shape ID of the trait. */
  readonly id: string;
  /** The runtime's constant for the protocol. */
  readonly symbol: string;
  /** Names of `bindings` of members that the protocol reads, which descriptors therefore contain. */
  readonly bindings: readonly string[];
  /** Whether the protocol reads `xmlName` and `xmlNamespace` of structures. */
  readonly xml: boolean;
  /** Whether the protocol reads `smithy.api#http` of operations. */
  readonly http: boolean;
  /** Whether `aws.protocols#awsQueryError` states the status of errors. */
  readonly queryErrors?: boolean;
  /** Whether bodies are JSON, so that big numbers need the feature `exactNumbers`. */
  readonly json?: boolean;
  /** Whether the protocol has event streams. */
  readonly eventStreams?: boolean;
  /** Whether the local service of `@clientsmith/runtime/testing` supports the protocol. */
  readonly local: boolean;
  /** Module that exports the constant. Default: the runtime. */
  readonly module?: string;
  /** Packages that the runtime needs for the protocol. Generated packages that use it depend on them. */
  readonly dependencies?: Readonly<Record<string, string>>;
}
