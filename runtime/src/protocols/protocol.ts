import type { Operation, Service } from "../schema/operation.js";
import type { RequestBody } from "../streams/request-stream.js";
import type { HttpResponse } from "../transport/types.js";

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

/** A protocol. Filling in of defaults is not its business: what calls it does that. */
export interface Protocol {
  /** Shape id of the protocol trait: `aws.protocols#awsJson1_1`. */
  readonly id: string;
  /** Called once an operation. A promise where code has to be loaded for it first. */
  compile(operation: Operation, service: Service): OperationCodec | Promise<OperationCodec>;
}

/** A protocol whose code is there. */
export interface LoadedProtocol extends Protocol {
  compile(operation: Operation, service: Service): OperationCodec;
}
