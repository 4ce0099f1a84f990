import type { Operation, ServiceModel } from "../../schema/service.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import type { Failure } from "../failure.js";

/** A response of the protocol; the local service adds the request ID, the date and the length. */
export interface ServerResponse {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The server side of a protocol; `Protocol` is the client side. */
export interface ServerProtocol {
  /** The operation of a request; undefined if the service has no such operation. */
  route(request: ReceivedRequest, model: ServiceModel): Operation | undefined;
  /**
   * The input, without unknown members.
   *
   * @throws Refusal for a body that is not valid in the protocol
   */
  readInput(operation: Operation, request: ReceivedRequest): object;
  writeOutput(operation: Operation, output: object): ServerResponse;
  writeFailure(failure: Failure): ServerResponse;
}
