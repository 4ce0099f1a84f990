import type { ServiceError } from "../errors/service.js";
import type { Pagination } from "./pagination.js";
import type { StructureShape } from "./shapes.js";
import type { HttpResponse, RequestBody } from "./http.js";

/** An error class in generated code: its descriptor is a static property. */
export interface ServiceErrorClass {
  readonly shape: StructureShape;
  new (
    fields: { readonly message?: string; readonly [member: string]: unknown },
    members?: Readonly<Record<string, unknown>>,
  ): ServiceError;
}

/**
 * One operation of a service, as data. The type parameters carry its input, its output and the union of its modelled
 * errors to functions that take the constant; `types` never has a value.
 */
export interface Operation<Input extends object = object, Output extends object = object, Failure = unknown> {
  /** The operation's shape name, e.g. `LookupEvents`. */
  readonly name: string;
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** Modelled errors of the operation, its resources and its service. */
  readonly errors?: readonly ServiceErrorClass[];
  /** `smithy.api#http`. */
  readonly http?: { readonly method: string; readonly uri: string; readonly code: number };
  /** What the operation needs beyond a plain call, in the order in which the hooks of a stage run. */
  readonly features?: readonly OperationFeature[];
  /**
   * Prefixes that are removed from the values of HTTP labels: the service returns IDs in a form that it does not accept.
   */
  readonly labelPrefixes?: readonly string[];
  /**
   * The service starts its response before it is done: a response with status 200 may contain an error, and is empty if
   * the service gave up.
   */
  readonly lateErrors?: true;
  /** `aws.customizations#s3UnwrappedXmlOutput`: the root element is the only member of the output, not the output. */
  readonly xmlUnwrapped?: true;
  /** `smithy.rules#staticContextParams`. */
  readonly staticContextParams?: EndpointParameters;
  /** `smithy.rules#contextParam`: endpoint parameter → input member. */
  readonly contextParams?: Readonly<Record<string, string>>;
  /** `smithy.rules#operationContextParams`: endpoint parameters from nested values of the input. */
  operationContextParams?(input: Input): EndpointParameters;
  /**
   * `smithy.api#auth` without a scheme (`none`) or `smithy.api#optionalAuth` (`optional`: unsigned without
   * credentials).
   */
  readonly auth?: "none" | "optional";
  /** `aws.auth#unsignedPayload`: the signature does not cover the body. */
  readonly unsignedPayload?: true;
  /** `smithy.api#auth`, in order of preference, if it differs from the service's. */
  readonly authSchemes?: readonly ServiceAuthScheme[];
  /** `smithy.api#longPoll`: the service holds requests open, and callers poll in a loop. */
  readonly longPoll?: true;
  /** `smithy.api#idempotent` or `smithy.api#readonly`: repeating the request has the effect of sending it once. */
  readonly idempotent?: true;
  readonly types?: { readonly input: Input; readonly output: Output; readonly error: Failure };
}

/** The union of an operation's modelled errors. */
export type ErrorOf<O extends { readonly types?: { readonly error: unknown } }> = NonNullable<O["types"]>["error"];

/** A feature as data: what `inspect`, the local service and the classic object read. Its hooks are in `features/feature.ts`. */
export interface OperationFeature {
  /** `host-prefix`; also the subpath of the module that makes it. */
  readonly name: string;
  /** The argument that it was made with. */
  readonly data?: unknown;
}

/** An auth scheme as data. How it signs is in `auth/auth-scheme.ts`. */
export interface ServiceAuthScheme {
  /** Shape ID of the trait: `aws.auth#sigv4`. */
  readonly id: string;
}

/** What all operations of a service share: constants of its model, no configuration. */
export interface Service {
  /** Short name for messages: the `sdkId` without spaces if there is one, e.g. `CloudTrail`. */
  readonly name: string;
  /** `aws.api#service` `sdkId`: `CloudTrail`. */
  readonly sdkId: string;
  /** Name of the service shape, sent by awsJson in `X-Amz-Target`: `CloudTrail_20131101`. */
  readonly shapeName: string;
  readonly version: string;
  /** `aws.auth#sigv4` `name`; absent if requests are not signed. */
  readonly signingName?: string;
  /** How requests are authenticated, in order of preference; absent for a service that takes unsigned requests only. */
  readonly authSchemes?: readonly ServiceAuthScheme[];
  /** Client options that the auth schemes of the service and its operations read: `token`. */
  readonly authOptions?: readonly string[];
  /** Headers of every request, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  /**
   * `s3`: presigned URLs have `x-amz-` headers in the query and leave the body unsigned, as Amazon S3 reads them. Absent:
   * headers stay headers, and the body is signed.
   */
  readonly presignedUrls?: "s3";
  /** The model, an api-2 description, does not state the root elements of responses. */
  readonly anyRoot?: true;
  /** `aws.protocols#awsQueryCompatible`: errors keep their awsQuery codes. */
  readonly awsQueryCompatible?: true;
  /** Retry defaults of this service, if they differ from those of `retry/standard.ts`. */
  readonly retry?: { readonly maxAttempts: number; /** Milliseconds. */ readonly transientBase: number };
  readonly protocol: Protocol;
  readonly resolveEndpoint: EndpointResolver;
  /** Parameters of the endpoint rules that the configuration sets: parameter → `builtIn`, such as `AWS::Region`. */
  readonly endpointBuiltIns: Readonly<Record<string, string>>;
  /** Options that only this service's clients have, most of them for parameters of its endpoint rules, by name of the option. */
  readonly endpointOptions?: ServiceEndpointOptions;
}

/** The options that only one service's clients have, and how their values become endpoint parameters. */
export interface ServiceEndpointOptions {
  /** By the name of the option. */
  readonly options: Readonly<Record<string, EndpointOption>>;
  /** @throws ConfigurationError for a value of another type, naming its source */
  read(client: object, lookup: OptionLookup): EndpointParameters;
}

/** Settings outside the code: environment variables, then the profile. */
export interface OptionLookup {
  find(variables: readonly string[], setting: string): { readonly text: string; readonly source: string } | undefined;
  boolean(variable: string, setting: string): boolean | undefined;
}

/** A client option that sets a parameter of the endpoint rules. */
export interface EndpointOption {
  readonly parameter: string;
  readonly type: "string" | "boolean" | "stringArray";
  /** The allowed values. */
  readonly values?: readonly string[];
  /** Default of an option for which the rules have none. */
  readonly default?: string;
  /** Environment variable and profile setting that are read if the option is not set. */
  readonly source?: { readonly variable: string; readonly setting: string };
}

/** Facts of the model that only the local service reads. */
export interface ServerFacts {
  /** How its operations page, by the name of the operation's function. */
  readonly pagination?: Readonly<Record<string, Pagination>>;
  /** Namespace of the service's shapes, which qualifies names of errors: `com.amazonaws.dynamodb`. */
  readonly namespace?: string;
  /** `smithy.api#xmlNamespace` of responses of the query protocols. */
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  /** `noErrorWrapping` of `aws.protocols#restXml`: an error is the root element of its document. */
  readonly noErrorWrapping?: true;
}

/** A whole service with its operations: input of the local service of `@clientsmith/runtime/testing`. */
export interface ServiceModel<
  Operations extends Readonly<Record<string, Operation>> = Readonly<Record<string, Operation>>,
> {
  readonly service: Service;
  /** What clients do not need. */
  readonly server?: ServerFacts;
  /** Operations by function name, e.g. `lookupEvents`. */
  readonly operations: Operations;
}

/**
 * Values of endpoint rule parameters, by parameter name.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/
 */
export type EndpointParameters = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The endpoint that a rule set returns. */
export interface Endpoint {
  /** Scheme, host and optional path, as the rules compose it; `parseEndpointUrl` checks it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** `authSchemes` and other properties that the rule returns. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A rule set, compiled to a function. Throws an `EndpointError` if the rules end in an error. */
export type EndpointResolver = (parameters: EndpointParameters) => Endpoint;

/** The part of a request that the protocol determines; endpoint, signature and transport add the rest. */
export interface ProtocolRequest {
  readonly method: string;
  /**
   * Percent-encoded, starts with `/`; appended to the endpoint's path. Empty if the endpoint's path is the whole path.
   */
  readonly path: string;
  /** Percent-encoded, without `?`; empty if there is no query. */
  readonly query: string;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** A streaming body, instead of `body`. */
  readonly stream?: RequestBody | undefined;
}

/** What a protocol reads from an error response. */
export interface ProtocolError {
  /** The error's shape name or code, without namespace or URI; undefined if the response has none. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Members of the modelled error, read with its descriptor; empty for an unmodelled one. */
  readonly members: Readonly<Record<string, unknown>>;
  /** What the body holds besides, as it was sent: text in XML. */
  readonly others?: Readonly<Record<string, unknown>>;
}

/** One operation in one protocol, compiled once. */
export interface OperationCodec {
  /** Name of the body's format, for messages: `JSON`. */
  readonly format: string;
  /** A streaming member that is neither text nor bytes is a `RequestBody`. */
  serialize(input: object): ProtocolRequest;
  /**
   * Throws a `SyntaxError` for a body that is not in the format, a `ResponseMismatch` for one that does not match the
   * model.
   */
  readOutput(response: HttpResponse): object;
  /** Whether a response with a 2xx status is an error nonetheless (S3 CopyObject). Only called for 2xx. */
  readonly isLateError?: (response: HttpResponse) => boolean;
  /** Never fails: an unreadable body is an error without a code. */
  readError(response: HttpResponse): Promise<ProtocolError>;
  /** The request ID, for a protocol that has it in the body. Only called if no header has it. Never fails. */
  readonly requestIdIn?: (response: HttpResponse) => string | undefined;
}

/** A protocol. Defaults are not filled by it: the feature `defaults` does that. */
export interface Protocol {
  /** Shape ID of the protocol trait: `aws.protocols#awsJson1_1`. */
  readonly id: string;
  /** Called once for each client and operation. */
  compile(operation: Operation, service: Service): OperationCodec;
}
