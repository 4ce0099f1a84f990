import type { OperationCodec, Operation } from "../../schema/service.js";
import type { SigningTarget } from "../../endpoints/signing-target.js";
import type { HttpResponse } from "../../transport/types.js";
import type { Request } from "../request.js";

/** What the steps of one request hand on to each other. */
export interface RequestContext {
  readonly request: Request;
  /** Undefined for an operation that the service has not: the first step then ends the request. */
  readonly operation: Operation | undefined;
  /** The parameters as they are written. */
  input: object;
  /** Set when the request is built. */
  codec: OperationCodec | undefined;
  /** With what the request is signed; undefined where its endpoint wants no signature. */
  signing: SigningTarget | undefined;
  /** When it was signed, by the service's clock, in milliseconds since 1970. */
  signedAt: number | undefined;
  /** The hash of the body that the last signature put into the headers. */
  payloadHash: string | undefined;
  /** The response, once it is there as a whole. */
  received: HttpResponse | undefined;
}
