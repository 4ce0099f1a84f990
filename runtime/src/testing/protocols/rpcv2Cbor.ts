import { CborWriter } from "../../protocols/cbor/write.js";
import type { Operation, ServiceModel } from "../../schema/service.js";
import { isUnit, type StructureShape } from "../../schema/shapes.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import { type Failure, RejectionError } from "../rejection.js";
import { messageMember, messageOf, qualifiedName } from "./failure-message.js";
import { headerOf } from "./http/headers.js";
import { mediaTypeOf } from "./http/media-types.js";
import type { ServerProtocol, ServerRequest, ServerResponse } from "./protocol.js";
import { queryErrorHeader } from "./query-error.js";
import { readCborStructure } from "./read/cbor.js";

const protocolName = "rpc-v2-cbor";
const contentType = "application/cbor";

/**
 * The server side of rpcv2Cbor.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export class RpcV2CborServer implements ServerProtocol {
  readonly contentType = contentType;
  readonly unknownOperation = { name: "UnknownOperationException", status: 404 };
  readonly #model: ServiceModel;
  readonly #writer = new CborWriter();

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  /** The path may have a prefix. */
  route(request: ReceivedRequest): Operation | undefined {
    const { service, operations } = this.#model;
    const [, serviceName, name] = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path) ?? [];
    const isCall = request.method === "POST" && headerOf(request, "smithy-protocol") === protocolName;
    if (!isCall || serviceName !== service.shapeName) return undefined;
    return Object.values(operations).find((operation) => operation.name === name);
  }

  readInput({ input }: Operation, request: ServerRequest): object {
    const given = mediaTypeOf(headerOf(request, "content-type"));
    if (request.body.byteLength > 0 && given !== contentType) {
      const message = `The content type must be ${contentType}, but is ${given ?? "absent"}`;
      throw new RejectionError("UnsupportedMediaTypeException", 415, message);
    }
    return readCborStructure(input, request.body);
  }

  writeOutput({ output: shape }: Operation, output: object): ServerResponse {
    if (isUnit(shape)) return { status: 200, headers: { "smithy-protocol": protocolName }, body: "" };
    return this.#response(200, this.#writer.encode(shape, output));
  }

  writeFailure(failure: Failure): ServerResponse {
    const { name, status, shape, members } = failure;
    const messageName = messageMember(shape) ?? "message";
    const written: StructureShape = {
      type: "structure",
      name,
      members: { ...shape?.members, __type: { type: "string" }, [messageName]: { type: "string" } },
    };
    const values = { ...members, __type: qualifiedName(name, this.#model), ...messageOf(failure) };
    return this.#response(status, this.#writer.encode(written, values), queryErrorHeader(failure, this.#model.service));
  }

  #response(status: number, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): ServerResponse {
    return { status, headers: { "smithy-protocol": protocolName, "content-type": contentType, ...headers }, body };
  }
}
