import type { ServiceError } from "../errors/service.js";
import type { StructureShape } from "./shapes.js";
import type { RequestBody } from "../streams/request-stream.js";
import type { HttpResponse } from "../transport/types.js";

/** An error class that generated code declares: its descriptor stands on the class. */
export interface ServiceErrorClass {
  readonly shape: StructureShape;
  new (
    fields: { readonly message?: string; readonly [member: string]: unknown },
    members?: Readonly<Record<string, unknown>>,
  ): ServiceError;
}

/**
 * One operation of a service, as data. The type parameters carry its input, output and the union of its modelled
 * errors to whoever is handed the constant; `types` never has a value.
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
  /** What labels are sent without where they begin with it: ids are not taken in the form in which they are given. */
  readonly labelPrefixes?: readonly string[];
  /**
   * The service begins its answer before it is done: one with status 200 may hold an error, and is empty where the
   * service has given up.
   */
  readonly lateErrors?: true;
  /** `aws.customizations#s3UnwrappedXmlOutput`: the root of the answer is the output's one member, not the output. */
  readonly xmlUnwrapped?: true;
  /** `smithy.rules#staticContextParams`. */
  readonly staticContextParams?: EndpointParameters;
  /** `smithy.rules#contextParam`: endpoint parameter → input member. */
  readonly contextParams?: Readonly<Record<string, string>>;
  /** `smithy.rules#operationContextParams`: endpoint parameters from inside the input. */
  operationContextParams?(input: Input): EndpointParameters;
  /** `smithy.api#auth` with no scheme or `smithy.api#optionalAuth`: sent unsigned where there are no credentials. */
  readonly auth?: "none" | "optional";
  /** `aws.auth#unsignedPayload`: the signature does not cover the body. */
  readonly unsignedPayload?: true;
  /** `smithy.api#auth`, in order of preference, where it differs from the service's. */
  readonly authSchemes?: readonly ServiceAuthScheme[];
  /** `smithy.api#idempotent` or `smithy.api#readonly`: sending it twice has the effect of sending it once. */
  readonly idempotent?: true;
  readonly types?: { readonly input: Input; readonly output: Output; readonly error: Failure };
}

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
  /** Short name for people and messages, the `sdkId` without spaces where there is one: `CloudTrail`. */
  readonly name: string;
  /** `aws.api#service` `sdkId`: `CloudTrail`. */
  readonly sdkId: string;
  /** Name of the service shape, which awsJson sends in `X-Amz-Target`: `CloudTrail_20131101`. */
  readonly shapeName: string;
  readonly version: string;
  /** `aws.auth#sigv4` `name`; absent for a service that is not signed. */
  readonly signingName?: string;
  /** How requests are authenticated, in order of preference; absent for a service that takes unsigned requests only. */
  readonly authSchemes?: readonly ServiceAuthScheme[];
  /** Client options that the auth schemes of the service and its operations read: `token`. */
  readonly authOptions?: readonly string[];
  /** Headers that every request carries, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  /** `aws.protocols#awsQueryCompatible`: errors keep the codes that they had in awsQuery. */
  readonly awsQueryCompatible?: true;
  readonly protocol: Protocol;
  readonly resolveEndpoint: EndpointResolver;
  /** Parameters of the endpoint rules that the configuration fills: parameter → `builtIn`, such as `AWS::Region`. */
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

/** An option of a client that fills a parameter of the endpoint rules. */
export interface EndpointOption {
  readonly parameter: string;
  readonly type: "string" | "boolean" | "stringArray";
  /** All that it can be. */
  readonly values?: readonly string[];
  /** Of an option that the rules leave unset; those that they have a default for go by it. */
  readonly default?: string;
  /** Environment variable and setting of the profile that are read where the option is not given. */
  readonly source?: { readonly variable: string; readonly setting: string };
}

/** A whole service with its operations: what the local service of `@clientsmith/runtime/testing` is fed with. */
export interface ServiceModel<
  Operations extends Readonly<Record<string, Operation>> = Readonly<Record<string, Operation>>,
> {
  readonly service: Service;
  /** Operations by the name of their function, e.g. `lookupEvents`. */
  readonly operations: Operations;
}

/** Values of endpoint rule parameters, by parameter name. @see https://smithy.io/2.0/additional-specs/rules-engine/ */
export type EndpointParameters = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What an endpoint rule set answers. */
export interface Endpoint {
  /** Scheme, host and, where the rules give one, a path: as the rules compose it, for `parseEndpointUrl` to check. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** `authSchemes` and whatever else the rule states. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A rule set compiled to a function. Throws `EndpointError` where the rules end in an error. */
export type EndpointResolver = (parameters: EndpointParameters) => Endpoint;

/** The part of a request that a protocol decides; endpoint, signature and transport add the rest. */
export interface ProtocolRequest {
  readonly method: string;
  /** Percent-encoded, starts with `/`; appended to the endpoint's path. Empty where that is the whole path. */
  readonly path: string;
  /** Percent-encoded, without `?`; empty where there is none. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** A body in parts, instead of `body`. */
  readonly stream?: RequestBody | undefined;
}

/** What a protocol finds in a response that is an error. */
export interface ProtocolError {
  /** The error's shape name or code, without namespace or URI; undefined where the response names none. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Members of the modelled error, read with its descriptor; of an unmodelled one, nothing. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** One operation in one protocol, compiled once. */
export interface OperationCodec {
  /** What bodies are written in, for messages: `JSON`. */
  readonly format: string;
  /** A member that is sent in parts is a `RequestBody`, where it is neither text nor bytes. */
  serialize(input: object): ProtocolRequest;
  /** Throws a `SyntaxError` for a body that is not of the format, a `ResponseMismatch` for one that is not as modelled. */
  readOutput(response: HttpResponse): object;
  /** True for an error whose status says that it is none; asked where the status is below 300. */
  readonly isLateError?: (response: HttpResponse) => boolean;
  /** Never fails: an unreadable body gives an error with no code. */
  readError(response: HttpResponse): Promise<ProtocolError>;
  /** The id of the request, of a protocol that has it in the body; asked where no header says it. Never fails. */
  readonly requestIdIn?: (response: HttpResponse) => string | undefined;
}

/** A protocol. Defaults are not filled by it: the feature `defaults` does that. */
export interface Protocol {
  /** Shape ID of the protocol trait: `aws.protocols#awsJson1_1`. */
  readonly id: string;
  /** Called once for each client and operation. */
  compile(operation: Operation, service: Service): OperationCodec;
}
