import type { Operation, Service, OperationCodec, Protocol } from "../../schema/service.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "../../schema/shapes.js";
import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../schema/http.js";
import type { BodyCodec } from "../http/bindings.js";
import { compileHttpBindings } from "../http/codec.js";
import type { XmlCursor } from "../xml/cursor.js";
import { isErrorDocument, openXml, readDocument } from "../xml/document.js";
import { XmlReader } from "../xml/read.js";
import { XmlWriter } from "../xml/write.js";

/**
 * restXml: HTTP bindings with XML bodies.
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
      ...(judgesBody(operation) && { isLateError: operation.lateErrors ? hasGivenUp : isErrorDocument }),
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
    const stated = ({ xmlName }: XmlNames, shape: StructureShape | UnionShape): string | undefined =>
      service.anyRoot ? undefined : (xmlName ?? shape.xmlName ?? shape.name);
    return {
      format: "XML",
      contentType: "application/xml",
      writeStructure: (shape, value) => write(shape, value, {}),
      readStructure: (shape, response) => {
        const xml = openXml(response);
        if (!xml) return {};
        const slots = this.#reader.slotsOf(shape);
        const read = operation.xmlUnwrapped
          ? (_: XmlCursor, root: string) => {
              const values = {};
              slots.byName.get(root)?.put(values, xml);
              return values;
            }
          : this.#reader.readOf(shape);
        return readDocument(xml, stated(shape, shape), slots, read);
      },
      writePayload: (member, value) =>
        value === undefined ? undefined : write(payloadShape(member, operation), value as object, member),
      readPayload: (member, response) => {
        const xml = openXml(response);
        const shape = payloadShape(member, operation);
        return xml && readDocument(xml, stated(member, shape), this.#reader.slotsOf(shape), this.#reader.readOf(shape));
      },
    };
  }
}

/** Whether the body is XML; a blob payload, streaming or buffered, may be anything. */
function judgesBody({ output }: Operation): boolean {
  const payload = Object.values(output.members).find(({ httpPayload }) => httpPayload);
  return !(payload && "type" in payload && payload.type === "blob");
}

/** Whether the service failed after it sent a 200 status: with an error, or without a root element. */
function hasGivenUp(response: HttpResponse): boolean {
  return isErrorDocument(response) || !/<\w/.test(decodeUtf8(response.body));
}

/** The trait data of the payload's element. */
type XmlNames = Pick<Member, "xmlName" | "xmlNamespace">;

function payloadShape(member: Member, operation: Operation): StructureShape | UnionShape {
  if ("target" in member) return targetOf(member);
  throw new Error(`${operation.name} has a ${member.type} as its body, which restXml cannot represent`);
}

export const restXml: Protocol = /* @__PURE__ */ new RestXml();
