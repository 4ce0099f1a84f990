import type { Operation, ServiceModel } from "../../schema/service.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import type { Failure } from "../failure.js";

/** A response as a protocol makes it; the local service adds the request's id, the date and the length. */
export interface ServerResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The service's side of a protocol, as `Protocol` is the client's. */
export interface ServerProtocol {
  /** The operation that a request is for; undefined where it names none of the service's. */
  route(request: ReceivedRequest, model: ServiceModel): Operation | undefined;
  /**
   * The input, in the model's form, unknown members left out.
   *
   * @throws Refusal for what is not of the protocol's form
   */
  readInput(operation: Operation, request: ReceivedRequest): object;
  writeOutput(operation: Operation, output: object): ServerResponse;
  writeFailure(failure: Failure): ServerResponse;
}
