import type { Operation, Service, ServiceErrorClass } from "../../schema/operation.js";
import type { HttpResponse } from "../../transport/types.js";
import { parseJsonBody } from "../json/body.js";
import { readJsonError } from "../json/error.js";
import { JsonReader } from "../json/read.js";
import { JsonWriter } from "../json/write.js";
import { ResponseMismatch } from "../mismatch.js";
import { unexpectedResponse } from "../unexpected.js";
import type { OperationCodec, Protocol, ProtocolError, ProtocolRequest } from "../protocol.js";

const settings = { jsonName: false, timestampFormat: "epoch-seconds" } as const;

/**
 * awsJson1_0 and awsJson1_1: every call is a POST to `/` that names its operation in a header.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
class AwsJson implements Protocol {
  readonly id: string;
  readonly #contentType: string;
  readonly #writer = new JsonWriter(settings);
  readonly #reader = new JsonReader(settings);

  constructor(version: "1.0" | "1.1") {
    this.id = `aws.protocols#awsJson${version.replace(".", "_")}`;
    this.#contentType = `application/x-amz-json-${version}`;
  }

  compile(operation: Operation, service: Service): OperationCodec {
    const headers = {
      "content-type": this.#contentType,
      "x-amz-target": `${service.shapeName}.${operation.name}`,
    };
    const errors = new Map<string, ServiceErrorClass>();
    for (const error of operation.errors ?? []) {
      errors.set(error.shape.error?.queryErrorCode ?? error.shape.name, error);
      errors.set(error.shape.name, error);
    }
    return {
      serialize: (input): ProtocolRequest => ({
        method: "POST",
        path: "/",
        query: "",
        headers,
        body: this.#writer.stringify(operation.input, input),
      }),
      readOutput: (response) => this.#readOutput(operation, response),
      readError: (response): ProtocolError => this.#readError(errors, response),
    };
  }

  #readOutput(operation: Operation, response: HttpResponse): object {
    try {
      const value = parseJsonBody(response);
      return this.#reader.readOf(operation.output)(value ?? {}) as object;
    } catch (error) {
      if (error instanceof SyntaxError) throw unexpectedResponse(response, "is not JSON", { cause: error });
      if (error instanceof ResponseMismatch) throw unexpectedResponse(response, `is not as modelled: ${error.message}`);
      throw error;
    }
  }

  #readError(errors: ReadonlyMap<string, ServiceErrorClass>, response: HttpResponse): ProtocolError {
    const { code, message, body } = readJsonError(response);
    const shape = code === undefined ? undefined : errors.get(code)?.shape;
    if (!shape) return { code, message, members: {} };
    try {
      return { code: shape.name, message, members: this.#reader.readOf(shape)(body) as Record<string, unknown> };
    } catch (error) {
      if (error instanceof ResponseMismatch) return { code: shape.name, message, members: {} };
      throw error;
    }
  }
}

export const awsJson1_0: Protocol = new AwsJson("1.0");
export const awsJson1_1: Protocol = new AwsJson("1.1");
