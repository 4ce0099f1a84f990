import { ResponseMismatch } from "../../errors/mismatch.js";
import { JsonReader } from "../../protocols/json/read.js";
import { JsonWriter } from "../../protocols/json/write.js";
import type { Operation, ServiceModel } from "../../schema/service.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import { decodeUtf8 } from "../../text/bytes.js";
import { type Failure, Refusal } from "../failure.js";
import type { ServerProtocol, ServerResponse } from "./protocol.js";

const settings = { jsonName: false, timestampFormat: "epoch-seconds" } as const;

/**
 * The server side of awsJson1_0 and awsJson1_1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export class AwsJsonServer implements ServerProtocol {
  readonly #contentType: string;
  readonly #reader = new JsonReader(settings);
  readonly #writer = new JsonWriter(settings);

  constructor(version: "1.0" | "1.1") {
    this.#contentType = `application/x-amz-json-${version}`;
  }

  /** Accepts the target as specified (`Service.Operation`), and with the namespace that AWS SDK v2 prepends. */
  route({ method, path, headers }: ReceivedRequest, { service, operations }: ServiceModel): Operation | undefined {
    const target = headers["x-amz-target"];
    if (method !== "POST" || path !== "/" || typeof target !== "string") return undefined;
    const [name, shapeName] = target.split(".").toReversed();
    if (shapeName !== service.shapeName.split(".").at(-1)) return undefined;
    return Object.values(operations).find((operation) => operation.name === name);
  }

  readInput(operation: Operation, request: ReceivedRequest): object {
    const contentType = String(request.headers["content-type"] ?? "");
    if (contentType.split(";", 1)[0]?.trim().toLowerCase() !== this.#contentType) {
      const message = `The content type must be ${this.#contentType}, but is ${contentType || "absent"}`;
      throw new Refusal("UnsupportedMediaTypeException", 415, message);
    }
    try {
      return this.#reader.readOf(operation.input)(parseBody(request.body)) as object;
    } catch (error) {
      if (error instanceof SyntaxError) throw new Refusal("SerializationException", 400, "The body is not JSON");
      if (error instanceof ResponseMismatch) throw new Refusal("SerializationException", 400, error.message);
      throw error;
    }
  }

  writeOutput(operation: Operation, output: object): ServerResponse {
    return this.#response(200, this.#writer.stringify(operation.output, output));
  }

  writeFailure({ name, message, status, shape, members }: Failure): ServerResponse {
    const modelled = shape ? (this.#writer.writeOf(shape)(members) as object) : {};
    const messageMember = Object.keys(shape?.members ?? {}).find((member) => member.toLowerCase() === "message");
    return this.#response(status, JSON.stringify({ __type: name, [messageMember ?? "message"]: message, ...modelled }));
  }

  #response(status: number, body: string): ServerResponse {
    return { status, headers: { "content-type": this.#contentType }, body };
  }
}

/** An empty body is an empty input. */
function parseBody(body: string | Uint8Array | undefined): unknown {
  const text = typeof body === "object" ? decodeUtf8(body) : (body ?? "");
  return text === "" ? {} : JSON.parse(text);
}
