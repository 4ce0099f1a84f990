import type { Operation, Service, OperationCodec, Protocol } from "../../schema/service.js";
import { isUnit } from "../../schema/shapes.js";
import { JsonReader } from "../json/read.js";
import { JsonWriter } from "../json/write.js";

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
      ...(service.awsQueryCompatible && { "x-amzn-query-mode": "true" }),
    };
    const { input, output, errors = [] } = operation;
    const reader = this.#reader.of(operation);
    // The body of an operation without an output is ignored, so that a service can add an output later.
    const wrap = isUnit(output) ? () => ({}) : undefined;
    return {
      format: "JSON",
      serialize: (value) => ({
        method: "POST",
        path: "/",
        query: "",
        headers,
        body: this.#writer.stringify(input, value),
      }),
      readOutput: (response) => (reader.readBody(output, response, wrap) ?? {}) as object,
      readError: async (response) => {
        return (await import("../json/error.js")).readJsonError(response, errors, reader);
      },
    };
  }
}

export const awsJson1_0: Protocol = /* @__PURE__ */ new AwsJson("1.0");
export const awsJson1_1: Protocol = /* @__PURE__ */ new AwsJson("1.1");
