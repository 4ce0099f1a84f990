import { httpBindings } from "../../protocols/http/bindings.js";
import { writeHeaders } from "../../protocols/http/write-headers.js";
import { JsonWriter } from "../../protocols/json/write.js";
import type { Operation, ServiceModel } from "../../schema/service.js";
import { isUnit, type Member, type StructureShape } from "../../schema/shapes.js";
import { isObject } from "../../schema/values.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import type { Failure } from "../failure.js";
import { checkAccept, checkContentType } from "./http/media-types.js";
import { readRequest } from "./http/read-request.js";
import { Router } from "./http/route.js";
import type { ResponseBody } from "./http/body.js";
import { writeResponse } from "./http/write-response.js";
import { messageOf } from "./failure-message.js";
import type { ServerProtocol, ServerRequest, ServerResponse } from "./protocol.js";
import { JsonRequestReader } from "./read/json.js";

const settings = { jsonName: true, timestampFormat: "epoch-seconds" } as const;
const contentType = "application/json";

/**
 * The server side of restJson1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export class RestJsonServer implements ServerProtocol {
  readonly contentType = contentType;
  readonly unknownOperation = { name: "UnknownOperationException", status: 404 };
  readonly #router: Router;
  readonly #reader = new JsonRequestReader(settings);
  readonly #writer = new JsonWriter(settings);
  readonly #body: ResponseBody = {
    contentType,
    writeStructure: (shape, output, operation) => {
      if (shape) return this.#writer.stringify(shape, output);
      return isUnit(operation.output) ? undefined : "{}";
    },
    writePayload: (member, value) =>
      this.#writer.stringify(holderOf(member), { payload: value }).slice('{"payload":'.length, -1),
  };

  constructor({ operations }: ServiceModel) {
    this.#router = new Router(Object.values(operations));
  }

  route(request: ReceivedRequest): Operation | undefined {
    return this.#router.find(request)?.route.operation;
  }

  readInput({ output }: Operation, request: ServerRequest): object {
    const found = this.#router.find(request);
    if (!found) throw new Error("The request was routed before");
    const { bindings, operation } = found.route;
    checkContentType(bindings, operation.input, request, contentType);
    checkAccept(httpBindings(output, "response"), output, request, contentType);
    return readRequest(found, request, {
      readStructure: (shape, body) => this.#reader.readStructure(shape, body),
      readPayload: (member, body, what) => {
        const value = this.#reader.readMember(member, body, what);
        // Clients also send an empty object for an absent structure.
        const isAbsent = "target" in member && !member.required && isObject(value) && Object.keys(value).length === 0;
        return isAbsent ? undefined : value;
      },
    });
  }

  writeOutput(operation: Operation, output: object): ServerResponse {
    return writeResponse(operation, output, this.#body);
  }

  writeFailure(failure: Failure): ServerResponse {
    const { name, status, shape, members } = failure;
    const headers: Record<string, string> = { "content-type": contentType, "x-amzn-errortype": name };
    let modelled: object = {};
    if (shape) {
      const bindings = httpBindings(shape, "response");
      writeHeaders(bindings, shape, members, headers);
      if (bindings.body) modelled = JSON.parse(this.#writer.stringify(bindings.body, members)) as object;
    }
    return { status, headers, body: JSON.stringify({ ...messageOf(failure), ...modelled }) };
  }
}

/** Writers work on members of structures, so the payload is passed as the only member of one. */
function holderOf(payload: Member): StructureShape {
  return { type: "structure", name: "httpPayload", members: { payload: { ...payload, jsonName: "payload" } } };
}
