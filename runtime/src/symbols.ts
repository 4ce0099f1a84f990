import type * as codegen from "./codegen/v1.js";

/** How a symbol is imported. */
export interface CodegenSymbol {
  /** Subpath of `@clientsmith/runtime` that exports it. */
  readonly from:
    "classic" | `classic/${string}` | "codegen/v1" | `protocols/${string}` | `features/${string}` | `auth/${string}`;
  readonly typeOnly: boolean;
  /** Its exported name, if that differs. */
  readonly name?: string;
  /** Types in its declaration that a caller's inferred types may name. */
  readonly shows?: readonly string[];
}

const value = { from: "codegen/v1", typeOnly: false } as const;
const type = { from: "codegen/v1", typeOnly: true } as const;

/** A renamed or removed function or class of `codegen/v1.ts` causes a compile error here, not in a generated client. */
const values = {
  Client: value,
  EndpointError: value,
  PlainClient: value,
  ServiceError: value,
  asList: value,
  averageOf: value,
  compareNumbers: value,
  endpointParameter: value,
  greatestBy: value,
  invoke: value,
  isDeepEqual: value,
  isEach: value,
  isTruthy: value,
  isValidHostLabel: value,
  isVirtualHostableS3Bucket: value,
  leastBy: value,
  memberOf: value,
  paginate: value,
  parseArn: value,
  parseURL: value,
  partitionOf: value,
  requiredEndpointParameter: value,
  sortedBy: value,
  split: value,
  substring: value,
  toArray: value,
  toNumber: value,
  toText: value,
  typeName: value,
  uriEncode: value,
  validate: value,
  valuesOf: value,
  waitUntil: value,
} satisfies Partial<Record<keyof typeof codegen, CodegenSymbol>>;

const types = {
  ApiKeyIdentity: type,
  ApiKeyIdentityProvider: type,
  ApiKeyOptions: { ...type, shows: ["ApiKeyIdentity", "ApiKeyIdentityProvider"] },
  AwsCredentialIdentity: type,
  AwsCredentialIdentityProvider: type,
  CallOptions: type,
  ClientOptions: {
    ...type,
    shows: [
      "AwsCredentialIdentity",
      "AwsCredentialIdentityProvider",
      "Dispatcher",
      "EndpointParts",
      "Hooks",
      "Logger",
      "RetryModeName",
      "TimeLimitOptions",
      "Transport",
      "ValidationOptions",
    ],
  },
  Dispatcher: type,
  DocumentType: type,
  Endpoint: type,
  EndpointParameters: type,
  EndpointParts: type,
  ErrorOf: type,
  EventHeader: type,
  EventMessage: { ...type, shows: ["EventHeader"] },
  EventStream: type,
  EventStreamInput: type,
  Hooks: type,
  ItemOptions: type,
  Logger: type,
  LoginIdentity: type,
  LoginIdentityProvider: type,
  LoginOptions: { ...type, shows: ["LoginIdentity", "LoginIdentityProvider"] },
  MetadataBearer: { ...type, shows: ["ResponseMetadata"] },
  Operation: type,
  PageOptions: type,
  Paginator: { ...type, shows: ["ItemOptions", "PageOptions"] },
  PaginatorOptions: type,
  PlainClientOptions: {
    ...type,
    shows: [
      "Dispatcher",
      "EndpointParts",
      "Hooks",
      "Logger",
      "RetryModeName",
      "TimeLimitOptions",
      "Transport",
      "ValidationOptions",
    ],
  },
  ResponseMetadata: type,
  RetryModeName: type,
  Service: type,
  ServiceErrorFields: type,
  ServiceModel: type,
  StreamingBody: type,
  StreamingInput: type,
  StructureShape: type,
  TimeLimitOptions: type,
  TokenIdentity: type,
  TokenIdentityProvider: type,
  TokenOptions: { ...type, shows: ["TokenIdentity", "TokenIdentityProvider"] },
  Transport: type,
  UnionShape: type,
  ValidationIssue: type,
  ValidationOptions: type,
  Waiter: type,
  WaiterOptions: type,
} satisfies Record<string, CodegenSymbol>;

const protocols = {
  awsJson1_0: { from: "protocols/awsJson", typeOnly: false },
  awsJson1_1: { from: "protocols/awsJson", typeOnly: false },
  awsQuery: { from: "protocols/awsQuery", typeOnly: false },
  ec2Query: { from: "protocols/ec2Query", typeOnly: false },
  restJson1: { from: "protocols/restJson", typeOnly: false },
  restXml: { from: "protocols/restXml", typeOnly: false },
  rpcv2Cbor: { from: "protocols/rpcv2Cbor", typeOnly: false },
} satisfies Record<string, CodegenSymbol>;

/** Functions that create features, which only some operations need. */
const features = {
  bucketRegion: { from: "features/bucket-region", typeOnly: false },
  contentMd5: { from: "features/content-md5", typeOnly: false },
  customerKeys: { from: "features/customer-keys", typeOnly: false },
  defaults: { from: "features/defaults", typeOnly: false },
  digestChallenge: { from: "features/digest-challenge", typeOnly: false },
  duplex: { from: "features/duplex", typeOnly: false },
  endpointDiscovery: { from: "features/endpoint-discovery", typeOnly: false },
  endpointOptions: { from: "features/endpoint-options", typeOnly: false },
  eventStreamInput: { from: "features/event-stream-input", typeOnly: false },
  eventStreamOutput: { from: "features/event-stream-output", typeOnly: false },
  exactNumbers: { from: "features/exact-numbers", typeOnly: false },
  expectContinue: { from: "features/expect-continue", typeOnly: false },
  hostPrefix: { from: "features/host-prefix", typeOnly: false },
  locationConstraint: { from: "features/location-constraint", typeOnly: false },
  messageMd5: { from: "features/message-md5", typeOnly: false },
  queueUrl: { from: "features/queue-url", typeOnly: false },
  regionalCopy: { from: "features/regional-copy", typeOnly: false },
  requestChecksum: { from: "features/request-checksum", typeOnly: false },
  requestCompression: { from: "features/request-compression", typeOnly: false },
  responseChecksum: { from: "features/response-checksum", typeOnly: false },
  streamedInput: { from: "features/streamed-input", typeOnly: false },
  streamedOutput: { from: "features/streamed-output", typeOnly: false },
  trailingChecksum: { from: "features/trailing-checksum", typeOnly: false },
  treeHash: { from: "features/tree-hash", typeOnly: false },
} satisfies Record<string, CodegenSymbol>;

/** Functions that create auth schemes. */
const authSchemes = {
  bearer: { from: "auth/bearer", typeOnly: false },
  httpApiKey: { from: "auth/http-api-key", typeOnly: false },
  httpBasic: { from: "auth/http-basic", typeOnly: false },
  httpBearer: { from: "auth/http-bearer", typeOnly: false },
  httpDigest: { from: "auth/http-digest", typeOnly: false },
  sigv4: { from: "auth/sigv4", typeOnly: false },
  sigv4S3Express: { from: "auth/sigv4-s3express", typeOnly: false },
  sigv4a: { from: "auth/sigv4a", typeOnly: false },
} satisfies Record<string, CodegenSymbol>;

/** Symbols of the classic service object. `codegen/v1.ts` exports some of the same names, too. */
const classic = {
  classicPresigning: { from: "classic/presign", typeOnly: false, name: "presigning" },
  ClassicPresigning: { from: "classic/presign", typeOnly: true, name: "Presigning" },
  classicEventStreams: { from: "classic/event-streams", typeOnly: false, name: "eventStreams" },
  ClassicGathered: { from: "classic", typeOnly: true, name: "Gathered" },
  ClassicMethod: { from: "classic", typeOnly: true, name: "Method" },
  ClassicRetyped: { from: "classic", typeOnly: true, name: "Retyped" },
  ClassicService: { from: "classic", typeOnly: false, name: "Service" },
  ClassicServiceConstructor: { from: "classic", typeOnly: true, name: "ServiceConstructor" },
  ClassicStreamed: { from: "classic", typeOnly: true, name: "Streamed" },
  ClassicWaiting: { from: "classic", typeOnly: true, name: "Waiting" },
} satisfies Record<string, CodegenSymbol>;

/** All symbols of the runtime that generated code may import, by name. */
export const codegenSymbols: Readonly<Record<string, CodegenSymbol>> = {
  ...values,
  ...types,
  ...protocols,
  ...features,
  ...authSchemes,
  ...classic,
};
