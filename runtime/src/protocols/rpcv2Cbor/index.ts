import type { Operation, Service, OperationCodec, Protocol } from "../../schema/service.js";
import { isUnit } from "../../schema/shapes.js";
import type { HttpResponse } from "../../schema/http.js";
import { CborReader } from "../cbor/read.js";
import { CborWriter } from "../cbor/write.js";
import { locatingText } from "../unsendable-text.js";
import { ResponseMismatch } from "../../errors/mismatch.js";

const protocolName = "rpc-v2-cbor";

/**
 * Smithy RPC v2 with CBOR: every call is a POST to a path that contains the operation's name.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
class RpcV2Cbor implements Protocol {
  readonly id = "smithy.protocols#rpcv2Cbor";
  readonly #writer = new CborWriter();
  readonly #reader = new CborReader();

  compile(operation: Operation, service: Service): OperationCodec {
    const { input, output, errors = [] } = operation;
    const hasBody = !isUnit(input);
    const message = {
      method: "POST",
      path: `/service/${service.shapeName}/operation/${operation.name}`,
      query: "",
      headers: {
        "smithy-protocol": protocolName,
        accept: "application/cbor",
        ...(hasBody && { "content-type": "application/cbor" }),
        ...(service.awsQueryCompatible && { "x-amzn-query-mode": "true" }),
      },
    };
    return {
      format: "CBOR",
      serialize: hasBody
        ? locatingText(input, (value) => Object.assign({ body: this.#writer.encode(input, value) }, message))
        : () => message,
      readOutput: (response) => {
        if (!isOfProtocol(response)) {
          throw new ResponseMismatch("the header smithy-protocol", protocolName, response.headers["smithy-protocol"]);
        }
        return response.body.byteLength === 0 ? {} : this.#reader.read(output, response.body);
      },
      readError: async (response) => {
        // A response of another protocol must not be interpreted.
        if (!isOfProtocol(response)) return { code: undefined, message: undefined, members: {} };
        return (await import("../cbor/error.js")).readCborError(response, errors, this.#reader);
      },
    };
  }
}

function isOfProtocol({ headers }: HttpResponse): boolean {
  return headers["smithy-protocol"] === protocolName;
}

export const rpcv2Cbor: Protocol = /* @__PURE__ */ new RpcV2Cbor();
