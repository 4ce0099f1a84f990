import type { Operation } from "../../schema/service.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import type { StreamingBody } from "../../streams/types.js";
import type { Failure } from "../rejection.js";

/** A request whose operation is known. */
export interface ServerRequest extends ReceivedRequest {
  /** The body; empty if it is streamed. */
  readonly body: Uint8Array;
  /** The body of an operation with a streaming input. */
  readonly stream?: StreamingBody | undefined;
}

/** A response of the protocol; the local service adds the request ID, the date and the length. */
export interface ServerResponse {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is sent as it is read. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** The server side of a protocol; `Protocol` is the client side. */
export interface ServerProtocol {
  /** The operation's name is in the body, so requests are routed when they are read. */
  readonly routesByBody?: true;
  /** The operation of a request; undefined if the service has no such operation. */
  route(request: ReceivedRequest): Operation | undefined;
  /** Content type of bodies in the protocol's format. */
  readonly contentType: string;
  /** Name and status of the error for a request without an operation. */
  readonly unknownOperation: { readonly name: string; readonly status: number };
  /**
   * The input, without unknown members.
   *
   * @throws RejectionError for a request that is not valid in the protocol
   */
  readInput(operation: Operation, request: ServerRequest): object;
  /** The response for an output. Outputs are checked against the model before. */
  writeOutput(operation: Operation, output: object, requestId: string): ServerResponse;
  writeFailure(failure: Failure, requestId: string): ServerResponse;
}
