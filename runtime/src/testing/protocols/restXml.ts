import { httpBindings } from "../../protocols/http/bindings.js";
import { writeHeaders } from "../../protocols/http/write-headers.js";
import { XmlReader } from "../../protocols/xml/read.js";
import { XmlWriter } from "../../protocols/xml/write.js";
import type { Operation, ServiceModel } from "../../schema/service.js";
import { isUnit, type Member, type StructureShape, targetOf, type UnionShape } from "../../schema/shapes.js";
import type { ReceivedRequest } from "../../signing/verify.js";
import type { Failure } from "../rejection.js";
import type { HttpBody, ResponseBody } from "./http/body.js";
import { checkAccept } from "./http/media-types.js";
import { readRequest } from "./http/read-request.js";
import { Router } from "./http/route.js";
import { writeResponse } from "./http/write-response.js";
import type { ServerProtocol, ServerRequest, ServerResponse } from "./protocol.js";
import { readText } from "./read/simple.js";
import { readXmlDocument } from "./read/xml.js";
import { errorElement, textMember } from "./xml-error.js";

const contentType = "application/xml";

/**
 * The server side of restXml. Content types of requests are not checked: S3 accepts any.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export class RestXmlServer implements ServerProtocol {
  readonly contentType = contentType;
  readonly unknownOperation = { name: "UnknownOperationException", status: 404 };
  readonly #model: ServiceModel;
  readonly #router: Router;
  readonly #reader = new XmlReader((member, text, what) => readText(member, text, "date-time", what));
  readonly #writer = new XmlWriter();
  readonly #requestBody: HttpBody = {
    readStructure: (shape, body) => readXmlDocument(this.#reader, shape, body, rootOf(shape)),
    readPayload: (member, body) => {
      const shape = payloadShape(member);
      return readXmlDocument(this.#reader, shape, body, member.xmlName ?? rootOf(shape));
    },
  };
  readonly #responseBody: ResponseBody = {
    contentType,
    writeStructure: (shape, output, operation) => {
      if (!shape) return isUnit(operation.output) ? undefined : "";
      return operation.xmlUnwrapped ? this.#unwrapped(shape, output) : this.#write(shape, output, {});
    },
    writePayload: (member, value) => this.#write(payloadShape(member), value as object, member),
  };

  constructor(model: ServiceModel) {
    this.#model = model;
    this.#router = new Router(Object.values(model.operations));
  }

  route(request: ReceivedRequest): Operation | undefined {
    return this.#router.find(request)?.route.operation;
  }

  readInput({ output }: Operation, request: ServerRequest): object {
    const found = this.#router.find(request);
    if (!found) throw new Error("The request was routed before");
    checkAccept(httpBindings(output, "response"), output, request, contentType);
    return readRequest(found, request, this.#requestBody);
  }

  writeOutput(operation: Operation, output: object): ServerResponse {
    return writeResponse(operation, output, this.#responseBody);
  }

  writeFailure(failure: Failure, requestId: string): ServerResponse {
    const { status, shape, members } = failure;
    const headers: Record<string, string> = { "content-type": contentType };
    const bindings = shape && httpBindings(shape, "response");
    if (shape && bindings) writeHeaders(bindings, shape, members, headers);
    const error = errorElement(failure, bindings?.body);
    return { status, headers, body: this.#writeError(error, requestId) };
  }

  #writeError({ shape, values }: ReturnType<typeof errorElement>, requestId: string): string {
    const { service, server } = this.#model;
    if (server?.noErrorWrapping) {
      const members = { ...shape.members, RequestId: textMember };
      return this.#writer.write({ ...shape, members }, { ...values, RequestId: requestId }, { name: "Error" });
    }
    const root: StructureShape = {
      type: "structure",
      name: "ErrorResponse",
      members: { Error: { target: shape }, RequestId: textMember },
    };
    const { uri } = service.xmlNamespace ?? {};
    const namespace = uri === undefined ? undefined : { uri };
    return this.#writer.write(root, { Error: values, RequestId: requestId }, { name: root.name, namespace });
  }

  #write(shape: StructureShape | UnionShape, value: object, { xmlName, xmlNamespace }: XmlNames): string {
    return this.#writer.write(shape, value, {
      name: xmlName ?? rootOf(shape),
      namespace: xmlNamespace ?? shape.xmlNamespace ?? this.#model.service.xmlNamespace,
    });
  }

  /** The root is the only member: it is written as the only element of a root, which is removed. */
  #unwrapped(shape: StructureShape, output: object): string {
    const { xmlNamespace } = this.#model.service;
    const members = Object.entries(shape.members).map(([name, member]) => [
      name,
      xmlNamespace ? { ...member, xmlNamespace } : member,
    ]);
    const wrapped = this.#writer.write(
      { ...shape, members: Object.fromEntries(members) as typeof shape.members },
      output,
      {
        name: "root",
      },
    );
    return wrapped.replace(/<\/?root>/g, "");
  }
}

/** The trait data of an element. */
type XmlNames = Pick<Member, "xmlName" | "xmlNamespace">;

function rootOf({ name, xmlName = name }: StructureShape | UnionShape): string {
  return xmlName;
}

function payloadShape(member: Member): StructureShape | UnionShape {
  if ("target" in member) return targetOf(member);
  throw new Error(`restXml cannot represent a body of type ${member.type}`);
}
