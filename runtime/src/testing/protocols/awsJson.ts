import { JsonWriter } from "../../protocols/json/write.js";
import type { Operation, ServiceModel } from "../../schema/service.js";
import { isUnit } from "../../schema/shapes.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import { type Failure, Refusal } from "../failure.js";
import { messageOf, qualifiedName } from "./failure-message.js";
import { headerOf } from "./http/headers.js";
import { mediaTypeOf } from "./http/media-types.js";
import type { ServerProtocol, ServerRequest, ServerResponse } from "./protocol.js";
import { queryErrorHeader } from "./query-error.js";
import { JsonRequestReader } from "./read/json.js";

const settings = { jsonName: false, timestampFormat: "epoch-seconds" } as const;

/**
 * The server side of awsJson1_0 and awsJson1_1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export class AwsJsonServer implements ServerProtocol {
  readonly unknownOperation = { name: "UnknownOperationException", status: 400 };
  readonly #model: ServiceModel;
  readonly contentType: string;
  readonly #reader = new JsonRequestReader(settings);
  readonly #writer = new JsonWriter(settings);

  constructor(model: ServiceModel, version: "1.0" | "1.1") {
    this.#model = model;
    this.contentType = `application/x-amz-json-${version}`;
  }

  /** Accepts the target as specified (`Service.Operation`), and with the namespace that AWS SDK v2 prepends. */
  route(request: ReceivedRequest): Operation | undefined {
    const { service, operations } = this.#model;
    const target = headerOf(request, "x-amz-target");
    if (request.method !== "POST" || request.path !== "/" || target === undefined) return undefined;
    const [name, shapeName] = target.split(".").toReversed();
    if (shapeName !== service.shapeName.split(".").at(-1)) return undefined;
    return Object.values(operations).find((operation) => operation.name === name);
  }

  readInput({ input }: Operation, request: ServerRequest): object {
    const contentType = mediaTypeOf(headerOf(request, "content-type"));
    if (contentType !== this.contentType) {
      const message = `The content type must be ${this.contentType}, but is ${contentType ?? "absent"}`;
      throw new Refusal("UnsupportedMediaTypeException", 415, message);
    }
    return this.#reader.readStructure(input, request.body);
  }

  writeOutput({ output: shape }: Operation, output: object): ServerResponse {
    return this.#response(200, isUnit(shape) ? "" : this.#writer.stringify(shape, output));
  }

  writeFailure(failure: Failure): ServerResponse {
    const { name, status, shape, members } = failure;
    const modelled = shape ? (JSON.parse(this.#writer.stringify(shape, members)) as object) : {};
    const body = JSON.stringify({ __type: qualifiedName(name, this.#model), ...messageOf(failure), ...modelled });
    return this.#response(status, body, queryErrorHeader(failure, this.#model.service));
  }

  #response(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ServerResponse {
    return { status, headers: { "content-type": this.contentType, ...headers }, body };
  }
}
