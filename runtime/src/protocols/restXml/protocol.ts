import type { Operation, Service, OperationCodec, Protocol } from "../../schema/service.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "../../schema/shapes.js";
import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";
import type { BodyCodec } from "../http/bindings.js";
import { compileHttpBindings } from "../http/codec.js";
import { parseXmlBody, type XmlElement } from "../xml/parse.js";
import { XmlReader } from "../xml/read.js";
import { XmlWriter } from "../xml/write.js";

/**
 * restXml: HTTP bindings with bodies of XML.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
class RestXml implements Protocol {
  readonly id = "aws.protocols#restXml";
  readonly #writer = new XmlWriter();
  readonly #reader = new XmlReader();

  compile(operation: Operation, service: Service): OperationCodec {
    return {
      ...compileHttpBindings(operation, this.#bodyOf(operation, service)),
      ...(operation.lateErrors && { isLateError }),
      readError: async (response) => {
        return (await import("./error.js")).readRestXmlError(response, operation, this.#reader);
      },
    };
  }

  #bodyOf(operation: Operation, service: Service): BodyCodec {
    const write = (shape: StructureShape | UnionShape, value: object, { xmlName, xmlNamespace }: XmlNames): string =>
      this.#writer.write(shape, value, {
        name: xmlName ?? shape.xmlName ?? shape.name,
        namespace: xmlNamespace ?? shape.xmlNamespace ?? service.xmlNamespace,
      });
    return {
      format: "XML",
      contentType: "application/xml",
      writeStructure: (shape, value) => write(shape, value, {}),
      readStructure: (shape, response) => {
        const root = parseXmlBody(response);
        if (!root) return {};
        return this.#reader.readOf(shape)(operation.xmlUnwrapped ? holderOf(root) : root) as object;
      },
      writePayload: (member, value) =>
        value === undefined ? undefined : write(payloadShape(member, operation), value as object, member),
      readPayload: (member, response) => {
        const root = parseXmlBody(response);
        return root && this.#reader.readOf(payloadShape(member, operation))(root);
      },
    };
  }
}

/** True where the service has given up, before the root element or with an error. */
function isLateError({ body }: HttpResponse): boolean {
  const text = decodeUtf8(body);
  return !/<\w/.test(text) || text.trimEnd().endsWith("</Error>");
}

/** What a member says of the element that it is. */
type XmlNames = Pick<Member, "xmlName" | "xmlNamespace">;

/** An element that holds another, as most outputs hold their members. */
function holderOf(child: XmlElement): XmlElement {
  return { name: "", attributes: {}, children: [child], text: "" };
}

function payloadShape(member: Member, operation: Operation): StructureShape | UnionShape {
  if ("target" in member) return targetOf(member);
  throw new Error(`${operation.name} has a ${member.type} as its body, for which restXml has no form`);
}

export const restXml: Protocol = /* @__PURE__ */ new RestXml();
